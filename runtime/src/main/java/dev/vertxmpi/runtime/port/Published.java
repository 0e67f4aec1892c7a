package dev.vertxmpi.runtime.port;

import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.Scope;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The names that a rank has published: where, and for which port. Confined to its domain. */
final class Published {

  /** A name in a scope. */
  record Name(Scope scope, String service) {
  }

  private final Map<Name, UUID> ports = new LinkedHashMap<>();

  void add(Scope scope, String service, Port port) {
    ports.put(new Name(scope, service), port.id());
  }

  void remove(Scope scope, String service) {
    ports.remove(new Name(scope, service));
  }

  /** The scopes in which the rank published a name. */
  Set<Scope> scopes(String service) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    ports.keySet().stream().filter(name -> name.service().equals(service)).forEach(name -> scopes.add(name.scope()));
    return scopes;
  }

  /** The names of a port. */
  List<Name> of(Port port) {
    return ports.entrySet().stream().filter(entry -> entry.getValue().equals(port.id())).map(Map.Entry::getKey)
        .toList();
  }

  /** The scopes in which the rank published anything. */
  Set<Scope> scopes() {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    ports.keySet().forEach(name -> scopes.add(name.scope()));
    return scopes;
  }
}
