package dev.keyling.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.JobFailedException;
import dev.keyling.connector.Line;
import dev.keyling.examples.input.MalformedLineException;
import dev.keyling.persistence.StoreException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FailureTest {

  private static Failure ofJob(Throwable cause) {
    return Failure.of(
        new CompletionException(new JobFailedException("dataflow \"x\" failed", cause)));
  }

  @Test
  void saysWhereALineIsMalformed() {
    MalformedLineException cause =
        new MalformedLineException(new Line("in.csv", 3, "u;1"), "expected user,amount");
    assertThat(ofJob(new IllegalStateException(cause)))
        .isEqualTo(new Failure(1, "in.csv:3: \"u;1\": expected user,amount", true));
  }

  @Test
  void passesOnWhyAStoreIsRefused() {
    assertThat(Failure.of(new StoreException("the store d belongs to totals; choose another")))
        .isEqualTo(new Failure(2, "keyling: the store d belongs to totals; choose another", true));
  }

  @Test
  void passesOnWhyAFileIsRefused() {
    assertThat(ofJob(new FileSystemException("out.json", null, "already holds 5 bytes")))
        .isEqualTo(new Failure(2, "keyling: out.json: already holds 5 bytes", true));
    assertThat(ofJob(new AccessDeniedException("out.json")))
        .isEqualTo(new Failure(2, "keyling: AccessDeniedException: out.json", true));
  }

  @Test
  void saysInOneLineWhatElseHasFailedAndHowToLearnMore() {
    assertThat(ofJob(new ArithmeticException("long\n  overflow")))
        .isEqualTo(
            new Failure(
                1, "keyling: long overflow; run with KEYLING_LOG_LEVEL=DEBUG for details", false));
    assertThat(ofJob(new NullPointerException()).message())
        .startsWith("keyling: java.lang.NullPointerException; run with");
  }
}
