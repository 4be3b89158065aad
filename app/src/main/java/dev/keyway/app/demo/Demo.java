package dev.keyway.app.demo;

import dev.keyway.app.assembly.Assembly;
import dev.keyway.app.assembly.Operations;
import dev.keyway.app.assembly.StoreAssembly;
import dev.keyway.app.command.CommandFailedException;
import dev.keyway.app.command.Start;
import dev.keyway.app.demo.DemoFile.SampleAccount;
import dev.keyway.app.demo.DemoFile.Samples;
import dev.keyway.core.ClientAddress;
import dev.keyway.core.PageRequest;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.CreateApiKey;
import dev.keyway.core.apikey.NewApiKey;
import dev.keyway.core.operator.Principal;
import dev.keyway.core.product.Products;
import dev.keyway.demo.SampleUpstreams;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/**
 * The demo around a node: sample upstreams before it, sample accounts in it, and a curl line that
 * works as pasted. The line's key is made anew at each start, and the previous start's revoked.
 */
public final class Demo implements AutoCloseable {
  private static final String FIRST = "memo";

  private final Start start;
  private final StoreAssembly store;
  private final SecureRandom random;
  private final SampleUpstreams upstreams;

  public Demo(Start start, StoreAssembly store, SecureRandom random) {
    this.start = start;
    this.store = store;
    this.random = random;
    this.upstreams = SampleUpstreams.start(new StoredResources(store.resources()), List.of());
  }

  /** The shipped products, with the sample upstreams behind them. */
  public Products products() {
    Map<String, Map<String, URI>> addresses =
        Map.of(
            "memo",
            Map.of(
                "transcriptions", upstreams.transcriptions(), "mcp", upstreams.transcriptionsMcp()),
            "meko",
            Map.of("mcp", upstreams.datapacks()),
            "memorylake",
            Map.of("mcp", upstreams.memory()),
            "mecha",
            Map.of("machines", upstreams.machines()));
    return start.profiles().withAddresses(addresses).products();
  }

  /** Makes or finds the samples, writes {@code demo.json} and says how to begin. */
  public void greet(Assembly node) {
    Operations operations = node.operations();
    DemoFile file = samples(node, operations).at(node.controlUrl(), node.gatewayUrl());
    String previous = file.demoKey();
    if (previous != null) {
      ApiKeyId.parse(previous).ifPresent(id -> operations.revokeKey(id, "demo started anew"));
    }
    NewApiKey key = demoKey(file, operations);
    file.withDemoKey(key.key().id().toString()).write(start.data());
    say(node, file, key);
  }

  private DemoFile samples(Assembly node, Operations operations) {
    var earlier = DemoFile.read(start.data());
    if (earlier.isPresent()) {
      String operatorKey = earlier.get().operatorKey();
      if (node.authenticator().authenticate(operatorKey, ClientAddress.of("local"), null)
          instanceof Principal.Operator operator) {
        operations.actAs(operator);
      }
      return earlier.get();
    }
    if (!store.operatorKeys().list(new PageRequest(1, null)).data().isEmpty()) {
      throw new CommandFailedException(
          start.data() + " holds a store without its demo.json; remove the folder to start anew");
    }
    return new DemoSeed(operations, random).sow();
  }

  private static NewApiKey demoKey(DemoFile file, Operations operations) {
    Samples memo = file.products().get(FIRST);
    if (memo == null) {
      throw new CommandFailedException("demo.json has no samples of " + FIRST);
    }
    return operations.createKey(
        new CreateApiKey.Command(
            FIRST,
            memo.accounts().getFirst().id(),
            memo.workspaces().getFirst().id(),
            null,
            "demo/curl",
            null,
            null,
            null));
  }

  private void say(Assembly node, DemoFile file, NewApiKey key) {
    Samples memo = file.products().get(FIRST);
    SampleAccount owner = memo == null ? null : memo.accounts().getFirst();
    start
        .out()
        .printf(
            """
            portal   %1$s (sign in as %3$s; its password, the other
                     accounts and an operator key are in %4$s)
            control  %1$s (management API, described at %1$s/openapi.json)
            gateway  %2$s (/memo/api/v1/developer/transcriptions, /memo/mcp, /meko/mcp,
                     /memorylake/mcp/v1, /mecha/v1/machines)
            envoy    %6$s (ext_authz over gRPC)

            Try a key; Ctrl-C stops, and the next start makes a new one:
              curl -H 'Authorization: Bearer %5$s' %2$s/memo/api/v1/developer/transcriptions
            """,
            node.controlUrl(),
            node.gatewayUrl(),
            owner == null ? "-" : owner.email(),
            start.data().resolve("demo.json"),
            key.secret().reveal(),
            node.extAuthzAddress());
    start.out().flush();
  }

  @Override
  public void close() {
    upstreams.close();
  }
}
