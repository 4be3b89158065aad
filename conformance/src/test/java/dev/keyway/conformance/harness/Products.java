package dev.keyway.conformance.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** The four products of the demo, for what must hold of each. */
public enum Products {
  MEKO("mko_tkn_"),
  MECHA("mch_"),
  MEMORYLAKE("mlk_"),
  MEMO("mk_live_");

  private final String prefix;

  Products(String prefix) {
    this.prefix = prefix;
  }

  /** What every key of the product starts with. */
  public String prefix() {
    return prefix;
  }

  /** The product's name in paths and bodies. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A new key of a new account, ready to be used at the demo's gateway. */
  public NewKey newKey(Tenants tenants) {
    return tenants.create(newRequest(tenants));
  }

  /** The least body that makes a key for a new account. */
  public JsonNode newRequest(Tenants tenants) {
    return switch (this) {
      case MEKO, MECHA -> Tenants.request(slug(), tenants.account(slug()));
      case MEMORYLAKE -> {
        String account = tenants.account(slug());
        String project = tenants.resource(slug(), account, "project");
        yield Json.of("product", slug(), "account", account, "resource", project);
      }
      case MEMO -> {
        Tenants.Workspace workspace = tenants.workspace(slug(), "pro");
        yield Json.of("product", slug(), "account", workspace.owner(), "workspace", workspace.id());
      }
    };
  }
}
