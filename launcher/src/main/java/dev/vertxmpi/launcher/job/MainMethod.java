package dev.vertxmpi.launcher.job;

import dev.vertxmpi.launcher.LauncherException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;

/**
 * Finds and runs the {@code main} of a class as the {@code java} command does: {@code main(String[])} before
 * {@code main()}, static or on an instance, not private.
 */
public final class MainMethod {

  private final Class<?> type;
  private final Method method;

  private MainMethod(Class<?> type, Method method) {
    this.type = type;
    this.method = method;
  }

  /**
   * Finds it.
   *
   * @param className binary name of the class
   * @return its main method
   * @throws LauncherException where there is no such class, or it has no main method
   */
  public static MainMethod of(String className) {
    Class<?> type;
    try {
      type = Class.forName(className, false, ClassLoader.getSystemClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new LauncherException("the class " + className + " cannot be loaded: " + e, 1, e);
    }
    Method method = find(type, String[].class);
    if (method == null) {
      method = find(type);
    }
    if (method == null) {
      throw new LauncherException("the class " + className + " has no method main(String[]) or main()");
    }
    return new MainMethod(type, method);
  }

  private static Method find(Class<?> type, Class<?>... parameters) {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      try {
        Method method = at.getDeclaredMethod("main", parameters);
        if (!Modifier.isPrivate(method.getModifiers()) && method.getReturnType() == void.class) {
          return method;
        }
      } catch (NoSuchMethodException e) {
        continue;
      }
    }
    return null;
  }

  /**
   * Runs a program, and prints what it throws as the {@code java} command does.
   *
   * @param args the class with the main method, then its arguments
   * @return exit code: 0, or 1 where there is no such method or it throws
   */
  public static int run(String... args) {
    try {
      of(args[0]).invoke(Arrays.copyOfRange(args, 1, args.length));
      return 0;
    } catch (LauncherException e) {
      System.err.println("vertx-mpi: " + e.getMessage());
    } catch (Throwable e) {
      System.err.print("Exception in thread \"main\" ");
      e.printStackTrace();
    }
    return 1;
  }

  /**
   * Runs it.
   *
   * @param arguments of the user
   * @throws Throwable what it throws
   */
  public void invoke(String[] arguments) throws Throwable {
    method.setAccessible(true);
    try {
      Object instance = Modifier.isStatic(method.getModifiers()) ? null : instance();
      if (method.getParameterCount() == 0) {
        method.invoke(instance);
      } else {
        method.invoke(instance, (Object) arguments);
      }
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private Object instance() throws ReflectiveOperationException {
    Constructor<?> constructor;
    try {
      constructor = type.getDeclaredConstructor();
    } catch (NoSuchMethodException e) {
      throw new LauncherException("the class " + type.getName() + " has a main method on instances, but no "
          + "constructor without parameters", 1, e);
    }
    constructor.setAccessible(true);
    return constructor.newInstance();
  }
}
