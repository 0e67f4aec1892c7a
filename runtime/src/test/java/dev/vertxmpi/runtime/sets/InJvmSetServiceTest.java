package dev.vertxmpi.runtime.sets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.spi.SetMember;
import dev.vertxmpi.spi.SetService;
import dev.vertxmpi.spi.SetServiceContract;
import org.junit.jupiter.api.Test;

class InJvmSetServiceTest extends SetServiceContract {

  @Override
  protected SetService open(int process) {
    return new InJvmSetService();
  }

  @Test
  void shouldForgetASetThatNobodyUses() {
    int before = InJvmSetService.count();
    SetMember member = member();
    await(alice.join(uri, member));
    await(bob.watch(uri, roll -> { }));
    assertEquals(before + 1, InJvmSetService.count());
    await(alice.remove(uri, member.process(), false));
    assertEquals(before + 1, InJvmSetService.count());
    await(bob.close());
    assertEquals(before, InJvmSetService.count());
  }
}
