package dev.vertxmpi.datatype;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrimitiveTest {

  @ParameterizedTest
  @EnumSource
  void shouldComeBackFromItsCode(Primitive primitive) {
    assertEquals(primitive, Primitive.ofCode(primitive.code()));
  }

  @Test
  void shouldKeepItsCodes() {
    assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8), Arrays.stream(Primitive.values()).map(p -> (int) p.code()).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, -1, 256, Integer.MIN_VALUE})
  void shouldRefuseACodeThatIsNone(int code) {
    assertEquals(ErrorClass.TYPE, assertThrows(MpiException.class, () -> Primitive.ofCode(code)).errorClass());
  }

  @Test
  void shouldSortByArithmetic() {
    assertEquals(List.of(Primitive.BYTE, Primitive.CHAR, Primitive.SHORT, Primitive.INT, Primitive.LONG),
        Arrays.stream(Primitive.values()).filter(Primitive::isInteger).toList());
    assertEquals(List.of(Primitive.FLOAT, Primitive.DOUBLE),
        Arrays.stream(Primitive.values()).filter(Primitive::isFloating).toList());
  }
}
