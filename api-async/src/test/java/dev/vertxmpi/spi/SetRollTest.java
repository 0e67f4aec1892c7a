package dev.vertxmpi.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.fuzz.Fuzz;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SetRollTest {

  private static SetMember member() {
    return new SetMember(new ProcessId(UUID.randomUUID(), 3, 1),
        new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:1", "bus", "x")), "geheim", "holder");
  }

  private static SetRoll some() {
    SetMember dead = member();
    SetMember gone = member();
    return SetRoll.EMPTY.with(dead).with(member()).with(gone).without(Set.of(dead.process()), true)
        .without(Set.of(gone.process()), false).with(member());
  }

  @Test
  void shouldReadWhatItWrites() {
    SetRoll roll = some();
    assertEquals(roll, SetRoll.parse(roll.encode()));
    assertEquals(SetRoll.EMPTY, SetRoll.parse(SetRoll.EMPTY.encode()));
  }

  @Test
  void shouldTellNoSecrets() {
    assertFalse(some().toString().contains("geheim"));
  }

  @Test
  void shouldCountEpochsUpWhateverTheClockSays() {
    SetRoll ahead = new SetRoll(Long.MAX_VALUE - 10, some().members(), some().gone());
    assertEquals(ahead.epoch() + 1, ahead.with(member()).epoch());
  }

  @Test
  void shouldForgetTheOldestOfThoseWhoWent() {
    SetRoll roll = SetRoll.EMPTY;
    SetMember first = member();
    roll = roll.with(first).without(Set.of(first.process()), true);
    assertTrue(roll.hasDied(first.process()));
    for (int i = 0; i < SetRoll.MOST_GONE; i++) {
      SetMember next = member();
      roll = roll.with(next).without(Set.of(next.process()), true);
    }
    assertEquals(SetRoll.MOST_GONE, roll.gone().size());
    assertFalse(roll.hasDied(first.process()));
  }

  @Test
  void shouldRefuseWhatIsNoRoll() {
    SetRoll roll = SetRoll.EMPTY.with(member());
    String twice = new SetRoll(1, List.of(roll.members().getFirst(), roll.members().getFirst()),
        List.of()).encode();
    for (String text : new String[] {"", "null", "[]", "{}", "{\"epoch\":1}", twice}) {
      assertThrows(IllegalArgumentException.class, () -> SetRoll.parse(text), text);
    }
  }

  @Test
  void shouldWithstandAnyText() {
    Fuzz.of(some().encode().getBytes(StandardCharsets.UTF_8), SetRoll.EMPTY.encode().getBytes(StandardCharsets.UTF_8))
        .allocating(256 << 10, 256).run(input -> SetRoll.parse(new String(input, StandardCharsets.UTF_8)))
        .mustTakeSome();
  }
}
