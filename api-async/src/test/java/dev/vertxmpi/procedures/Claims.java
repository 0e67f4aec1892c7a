package dev.vertxmpi.procedures;

import dev.vertxmpi.MpiProcedure;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which members of the API say that they stand for which procedures. */
final class Claims {

  private final TreeMap<String, List<String>> membersByProcedure = new TreeMap<>();

  /** Reads the annotations of all classes of the API. */
  static Claims read() throws IOException, URISyntaxException {
    Path classes = Path.of(MpiProcedure.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Claims claims = new Claims();
    try (Stream<Path> files = Files.walk(classes)) {
      files.map(file -> classes.relativize(file).toString())
          .filter(name -> name.startsWith("dev") && name.endsWith(".class") && !name.endsWith("-info.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.').replace('\\', '.'))
          .sorted().forEach(claims::readClass);
    }
    return claims;
  }

  private void readClass(String name) {
    try {
      Class<?> type = Class.forName(name, false, Claims.class.getClassLoader());
      claim(type, type.getSimpleName());
      for (Method method : type.getDeclaredMethods()) {
        String parameters = Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName)
            .collect(Collectors.joining(", ", "(", ")"));
        claim(method, type.getSimpleName() + "." + method.getName() + parameters);
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private void claim(AnnotatedElement element, String member) {
    MpiProcedure annotation = element.getAnnotation(MpiProcedure.class);
    if (annotation != null) {
      for (String procedure : annotation.value()) {
        membersByProcedure.computeIfAbsent(procedure, p -> new ArrayList<>()).add(member);
      }
    }
  }

  /** The procedures that are claimed. */
  List<String> procedures() {
    return List.copyOf(membersByProcedure.keySet());
  }

  /** The members that claim a procedure, in alphabetical order. */
  List<String> membersOf(String procedure) {
    return membersByProcedure.getOrDefault(procedure, List.of()).stream().sorted().toList();
  }
}
