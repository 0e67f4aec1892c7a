package dev.vertxmpi.hazelcast.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.net.BindException;
import org.junit.jupiter.api.Test;

class StartFailureTest {

  @Test
  void shouldTellWhyAnAddressIsUnusable() {
    assertEquals("port 7 of ::1 is in use", of(new RuntimeException(new BindException("in use"))).reason());
    assertEquals("address ::1 is not one of this host",
        of(new RuntimeException(new BindException("Cannot assign requested address"))).reason());
    assertEquals(ErrorClass.ARG, of(new BindException("in use")).errorClass());
  }

  @Test
  void shouldKeepWhatItDoesNotKnow() {
    MpiException error = of(new IllegalStateException("no luck"));
    assertEquals(ErrorClass.OTHER, error.errorClass());
    assertEquals("the thing did not start at ::1: no luck", error.reason());
    assertSame(error, of(error));
  }

  private static MpiException of(Throwable failure) {
    return StartFailure.of(failure, "the thing", "::1", 7);
  }
}
