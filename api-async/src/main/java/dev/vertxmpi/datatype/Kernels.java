package dev.vertxmpi.datatype;

import dev.vertxmpi.Op.Predefined;

/**
 * The loops of reductions: {@code b[i] = a[i] op b[i]} on plain arrays, one loop for each operation, so that the
 * compiler makes vector instructions of them.
 */
final class Kernels {

  private Kernels() {
  }

  static void combine(Predefined op, int[] a, int[] b, int n) {
    switch (op) {
      case SUM -> {
        for (int i = 0; i < n; i++) {
          b[i] = a[i] + b[i];
        }
      }
      case PROD -> {
        for (int i = 0; i < n; i++) {
          b[i] = a[i] * b[i];
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          b[i] = Math.min(a[i], b[i]);
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          b[i] = Math.max(a[i], b[i]);
        }
      }
      case BAND -> {
        for (int i = 0; i < n; i++) {
          b[i] = a[i] & b[i];
        }
      }
      case BOR -> {
        for (int i = 0; i < n; i++) {
          b[i] = a[i] | b[i];
        }
      }
      case BXOR -> {
        for (int i = 0; i < n; i++) {
          b[i] = a[i] ^ b[i];
        }
      }
      case LAND -> {
        for (int i = 0; i < n; i++) {
          b[i] = a[i] != 0 && b[i] != 0 ? 1 : 0;
        }
      }
      case LOR -> {
        for (int i = 0; i < n; i++) {
          b[i] = (a[i] | b[i]) != 0 ? 1 : 0;
        }
      }
      case LXOR -> {
        for (int i = 0; i < n; i++) {
          b[i] = (a[i] != 0) != (b[i] != 0) ? 1 : 0;
        }
      }
      default -> throw new IllegalArgumentException(op + " does not apply");
    }
  }

  static void combine(Predefined op, long[] a, long[] b, int n) {
    switch (op) {
      case SUM -> {
        for (int i = 0; i < n; i++) {
          b[i] = a[i] + b[i];
        }
      }
      case PROD -> {
        for (int i = 0; i < n; i++) {
          b[i] = a[i] * b[i];
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          b[i] = Math.min(a[i], b[i]);
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          b[i] = Math.max(a[i], b[i]);
        }
      }
      case BAND -> {
        for (int i = 0; i < n; i++) {
          b[i] = a[i] & b[i];
        }
      }
      case BOR -> {
        for (int i = 0; i < n; i++) {
          b[i] = a[i] | b[i];
        }
      }
      case BXOR -> {
        for (int i = 0; i < n; i++) {
          b[i] = a[i] ^ b[i];
        }
      }
      case LAND -> {
        for (int i = 0; i < n; i++) {
          b[i] = a[i] != 0 && b[i] != 0 ? 1 : 0;
        }
      }
      case LOR -> {
        for (int i = 0; i < n; i++) {
          b[i] = (a[i] | b[i]) != 0 ? 1 : 0;
        }
      }
      case LXOR -> {
        for (int i = 0; i < n; i++) {
          b[i] = (a[i] != 0) != (b[i] != 0) ? 1 : 0;
        }
      }
      default -> throw new IllegalArgumentException(op + " does not apply");
    }
  }

  static void combine(Predefined op, float[] a, float[] b, int n) {
    switch (op) {
      case SUM -> {
        for (int i = 0; i < n; i++) {
          b[i] = a[i] + b[i];
        }
      }
      case PROD -> {
        for (int i = 0; i < n; i++) {
          b[i] = a[i] * b[i];
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          b[i] = Math.min(a[i], b[i]);
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          b[i] = Math.max(a[i], b[i]);
        }
      }
      default -> throw new IllegalArgumentException(op + " does not apply");
    }
  }

  static void combine(Predefined op, double[] a, double[] b, int n) {
    switch (op) {
      case SUM -> {
        for (int i = 0; i < n; i++) {
          b[i] = a[i] + b[i];
        }
      }
      case PROD -> {
        for (int i = 0; i < n; i++) {
          b[i] = a[i] * b[i];
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          b[i] = Math.min(a[i], b[i]);
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          b[i] = Math.max(a[i], b[i]);
        }
      }
      default -> throw new IllegalArgumentException(op + " does not apply");
    }
  }

  /** One element as bits. */
  static long bits(Predefined op, Primitive primitive, long current, long operand) {
    return switch (primitive) {
      case BYTE -> scalar(op, (byte) operand, (byte) current);
      case BOOLEAN -> scalar(op, (byte) operand == 0 ? 0 : 1, (byte) current == 0 ? 0 : 1);
      case CHAR -> scalar(op, (char) operand, (char) current);
      case SHORT -> scalar(op, (short) operand, (short) current);
      case INT -> scalar(op, (int) operand, (int) current);
      case LONG -> scalar(op, operand, current);
      case FLOAT -> Float.floatToRawIntBits(
          scalar(op, Float.intBitsToFloat((int) operand), Float.intBitsToFloat((int) current)));
      case DOUBLE -> Double.doubleToRawLongBits(
          scalar(op, Double.longBitsToDouble(operand), Double.longBitsToDouble(current)));
    };
  }

  private static long scalar(Predefined op, long a, long b) {
    return switch (op) {
      case SUM -> a + b;
      case PROD -> a * b;
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case BAND -> a & b;
      case BOR -> a | b;
      case BXOR -> a ^ b;
      case LAND -> a != 0 && b != 0 ? 1 : 0;
      case LOR -> (a | b) != 0 ? 1 : 0;
      case LXOR -> (a != 0) != (b != 0) ? 1 : 0;
      default -> throw new IllegalArgumentException(op + " does not apply");
    };
  }

  private static float scalar(Predefined op, float a, float b) {
    return switch (op) {
      case SUM -> a + b;
      case PROD -> a * b;
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      default -> throw new IllegalArgumentException(op + " does not apply");
    };
  }

  private static double scalar(Predefined op, double a, double b) {
    return switch (op) {
      case SUM -> a + b;
      case PROD -> a * b;
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      default -> throw new IllegalArgumentException(op + " does not apply");
    };
  }
}
