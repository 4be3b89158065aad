package dev.keyway.app.demo;

import dev.keyway.app.assembly.Operations;
import dev.keyway.app.demo.DemoFile.SampleAccount;
import dev.keyway.app.demo.DemoFile.SampleResource;
import dev.keyway.app.demo.DemoFile.SampleRole;
import dev.keyway.app.demo.DemoFile.SampleWorkspace;
import dev.keyway.app.demo.DemoFile.Samples;
import dev.keyway.core.Base62;
import dev.keyway.core.operator.CreateOperatorKey;
import dev.keyway.core.operator.Right;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.CreateAccount;
import dev.keyway.core.tenancy.CreateResource;
import dev.keyway.core.tenancy.CreateWorkspace;
import dev.keyway.core.tenancy.Membership;
import dev.keyway.core.tenancy.Role;
import dev.keyway.core.tenancy.Workspace;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the sample accounts of the four products, with passwords drawn at random: no default
 * credential exists anywhere.
 */
final class DemoSeed {
  private static final int PASSWORD_LENGTH = 20;

  private final Operations operations;
  private final SecureRandom random;

  DemoSeed(Operations operations, SecureRandom random) {
    this.operations = operations;
    this.random = random;
  }

  /** Makes everything and says what it made. */
  DemoFile sow() {
    var operatorKey =
        operations.createOperatorKey(
            new CreateOperatorKey.Command("demo", EnumSet.allOf(Right.class), Set.of()));
    Map<String, Samples> products = new LinkedHashMap<>();
    products.put("memo", memo());
    products.put("meko", meko());
    products.put("memorylake", memorylake());
    products.put("mecha", mecha());
    return new DemoFile("", "", operatorKey.secret().reveal(), null, products);
  }

  private Samples memo() {
    List<SampleAccount> accounts = new ArrayList<>();
    List<SampleWorkspace> workspaces = new ArrayList<>();
    workspace("pro", "Field recordings", "", accounts, workspaces);
    workspace("free", "Trial", "free-", accounts, workspaces);
    return new Samples(accounts, workspaces, List.of());
  }

  private void workspace(
      String plan,
      String name,
      String prefix,
      List<SampleAccount> accounts,
      List<SampleWorkspace> workspaces) {
    Sown owner = account("memo", prefix + "owner");
    Workspace workspace =
        operations.createWorkspace(
            new CreateWorkspace.Command("memo", name, plan, owner.account().id().text()));
    workspaces.add(new SampleWorkspace(workspace.id().text(), name, plan));
    accounts.add(owner.in(workspace, Role.OWNER));
    for (String member : List.of("member1", "member2")) {
      Sown sown = account("memo", prefix + member);
      operations.putMember(new Membership(workspace.id(), sown.account().id(), Role.MEMBER));
      accounts.add(sown.in(workspace, Role.MEMBER));
    }
  }

  private Samples meko() {
    List<SampleAccount> accounts = new ArrayList<>();
    List<SampleResource> resources = new ArrayList<>();
    Map<String, List<String>> datapacks =
        Map.of(
            "owner", List.of("Geology of the Alps", "Alpine weather"),
            "other", List.of("Harbour tides", "Ship registers"));
    for (String name : List.of("owner", "other")) {
      Sown sown = account("meko", name);
      accounts.add(sown.alone());
      datapacks
          .getOrDefault(name, List.of())
          .forEach(datapack -> resources.add(resource(sown, "datapack", datapack)));
    }
    return new Samples(accounts, List.of(), resources);
  }

  private Samples memorylake() {
    Sown owner = account("memorylake", "owner");
    List<SampleResource> projects =
        List.of(
            resource(owner, "project", "Support assistant"),
            resource(owner, "project", "Research notes"));
    return new Samples(List.of(owner.alone()), List.of(), projects);
  }

  private Samples mecha() {
    return new Samples(List.of(account("mecha", "owner").alone()), List.of(), List.of());
  }

  private Sown account(String product, String name) {
    Account account =
        operations.createAccount(
            new CreateAccount.Command(product, name + "@" + product + ".example", name, null));
    String password = Base62.random(random, PASSWORD_LENGTH);
    operations.setPassword(account, password);
    return new Sown(account, password);
  }

  private SampleResource resource(Sown owner, String kind, String name) {
    Account account = owner.account();
    var resource =
        operations.createResource(
            new CreateResource.Command(account.product(), null, account.id().text(), kind, name));
    return new SampleResource(resource.id().text(), kind, name, account.id().text());
  }

  /** An account just made, and the password drawn for it. */
  private record Sown(Account account, String password) {
    SampleAccount in(Workspace workspace, Role role) {
      return sample(List.of(new SampleRole(workspace.id().text(), role.text())));
    }

    SampleAccount alone() {
      return sample(List.of());
    }

    private SampleAccount sample(List<SampleRole> memberships) {
      return new SampleAccount(account.id().text(), account.email(), password, memberships);
    }

    @Override
    public String toString() {
      return "Sown[" + account.id() + "]";
    }
  }
}
