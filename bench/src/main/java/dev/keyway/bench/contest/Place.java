package dev.keyway.bench.contest;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.load.Load;
import dev.keyway.bench.load.RequestForm;
import dev.keyway.bench.server.Certificate;
import dev.keyway.bench.server.RawAnswer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a contender answers, and to what.
 *
 * @param keys in rotation, a line each
 * @param warmUpKeys in rotation before the first round
 * @param upstreams processes that work for it and are counted apart
 * @param background a load that goes on meanwhile, whose length does not matter
 */
public record Place(
    long pid,
    URI target,
    RequestForm form,
    Path keys,
    Path warmUpKeys,
    List<Long> upstreams,
    @Nullable Load background) {

  public Place {
    upstreams = List.copyOf(upstreams);
  }

  /** A place without upstreams and without a load in the background. */
  public static Place of(long pid, URI target, RequestForm form, Path keys, Path warmUpKeys) {
    return new Place(pid, target, form, keys, warmUpKeys, List.of(), null);
  }

  public Place withUpstream(long upstream) {
    return new Place(pid, target, form, keys, warmUpKeys, List.of(upstream), background);
  }

  public Place withBackground(Load load) {
    return new Place(pid, target, form, keys, warmUpKeys, upstreams, load);
  }

  /** Asks once, with the first of the keys. */
  public RawAnswer ask(Certificate certificate) {
    try (var lines = Files.lines(keys)) {
      return ask(certificate, lines.findFirst().orElseThrow());
    } catch (IOException e) {
      throw new BenchException("cannot read " + keys + ": " + e.getMessage(), e);
    }
  }

  /** Asks once, with a key. */
  public RawAnswer ask(Certificate certificate, String key) {
    return RawAnswer.to(target, form, key, certificate);
  }
}
