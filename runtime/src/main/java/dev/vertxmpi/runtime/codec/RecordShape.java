package dev.vertxmpi.runtime.codec;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.stream.Stream;

/** How to take a record class apart and put it together. Found once for each class. */
final class RecordShape {

  private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
    @Override
    protected RecordShape computeValue(Class<?> type) {
      return new RecordShape(type);
    }
  };

  private final Class<?> type;
  private final Type[] types;
  private final MethodHandle[] accessors;
  private final MethodHandle constructor;

  private RecordShape(Class<?> type) {
    this.type = type;
    RecordComponent[] components = type.getRecordComponents();
    this.types = Stream.of(components).map(RecordComponent::getGenericType).toArray(Type[]::new);
    this.accessors = new MethodHandle[components.length];
    try {
      MethodHandles.Lookup lookup = lookup(type);
      for (int i = 0; i < components.length; i++) {
        accessors[i] = lookup.unreflect(components[i].getAccessor())
            .asType(MethodType.methodType(Object.class, Object.class));
      }
      Class<?>[] parameters = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      this.constructor = lookup.findConstructor(type, MethodType.methodType(void.class, parameters))
          .asSpreader(Object[].class, parameters.length).asType(MethodType.methodType(Object.class, Object[].class));
    } catch (IllegalAccessException | NoSuchMethodException e) {
      throw new MpiException(ErrorClass.TYPE, "the record " + type.getName() + " is closed: open its package to "
          + RecordShape.class.getModule().getName(), e);
    }
  }

  /** A record on the class path may be private; in a module its package must be open, or it and the record public. */
  private static MethodHandles.Lookup lookup(Class<?> type) {
    RecordShape.class.getModule().addReads(type.getModule());
    try {
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    } catch (IllegalAccessException e) {
      return MethodHandles.publicLookup();
    }
  }

  static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  int length() {
    return types.length;
  }

  Type type(int component) {
    return types[component];
  }

  Object get(Object instance, int component) {
    try {
      return accessors[component].invokeExact(instance);
    } catch (Throwable e) {
      throw failure("component " + component + " cannot be read", e);
    }
  }

  Object make(Object[] values) {
    try {
      return constructor.invokeExact(values);
    } catch (Throwable e) {
      throw failure("its constructor refuses the values", e);
    }
  }

  private MpiException failure(String what, Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return new MpiException(ErrorClass.TYPE, "record " + type.getName() + ": " + what + ": " + cause.getMessage(),
        cause);
  }
}
