package dev.keyway.server.api;

import static dev.keyway.server.http.Endpoint.Access.CALLER;
import static dev.keyway.server.http.Endpoint.Access.COUNTED_CALLER;
import static dev.keyway.server.http.Endpoint.Access.PERSON_OR_OPERATOR;
import static dev.keyway.server.http.Endpoint.Access.PUBLIC;
import static dev.keyway.server.http.Endpoint.Access.SESSION;
import static dev.keyway.server.http.Endpoint.Method.DELETE;
import static dev.keyway.server.http.Endpoint.Method.GET;
import static dev.keyway.server.http.Endpoint.Method.PATCH;
import static dev.keyway.server.http.Endpoint.Method.POST;
import static dev.keyway.server.http.Endpoint.Method.PUT;

import dev.keyway.server.api.GuardedHandler.Guards;
import dev.keyway.server.api.GuardedHandler.Repeat;
import dev.keyway.server.api.GuardedHandler.Terms;
import dev.keyway.server.http.Endpoint;
import dev.keyway.server.http.Endpoint.Access;
import dev.keyway.server.http.Endpoint.Method;
import dev.keyway.server.http.Handler;
import dev.keyway.server.http.NodeEndpoints;
import dev.keyway.server.http.Pages;
import dev.keyway.server.http.Routes;
import dev.keyway.server.portal.AcceptInvitationHandler;
import dev.keyway.server.portal.CreateSessionHandler;
import dev.keyway.server.portal.GetMcpClientsHandler;
import dev.keyway.server.portal.Portal;
import dev.keyway.server.portal.SessionAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The management API put together: from the node's parts to the one route table. Whoever wants to
 * know what can be called reads this class.
 */
public final class ControlApi {
  private static final Set<Integer> OK = Set.of(200);
  private static final Set<Integer> CREATED = Set.of(201);

  private final ControlParts parts;
  private final UseCases use;
  private final KeyJson keyJson;
  private final ProductJson productJson;
  private final NoKeysInside noKeys;
  private final Guards guards;
  private final List<Endpoint> endpoints = new ArrayList<>();

  private ControlApi(ControlParts parts) {
    this.parts = parts;
    this.use = new UseCases(parts);
    var stores = parts.stores();
    var rules = parts.rules();
    this.keyJson = new KeyJson(rules.products(), rules.clock());
    this.productJson = new ProductJson(parts.outside().gatewayUrl());
    this.noKeys = new NoKeysInside(rules.products());
    this.guards =
        new Guards(
            new Callers(use.authenticator, use.resumeSession, parts.outside().controlUrl()),
            noKeys,
            new ManagementLimit(use.keyAccess, rules.products(), rules.limiter()),
            new Idempotency(stores.idempotency(), rules.clock()),
            new Refusals(
                new RefusalSubjects(use.keyAccess, stores.accounts(), stores.workspaces()),
                stores.audit(),
                rules.clock()),
            rules.narrowing());
  }

  /** The route table of the control listener. */
  public static Routes routes(ControlParts parts) {
    var api = new ControlApi(parts);
    api.products();
    api.people();
    api.accounts();
    api.workspaces();
    api.resources();
    api.keys();
    api.usage();
    api.operators();
    var outside = parts.outside();
    api.endpoints.addAll(NodeEndpoints.of(outside.health(), outside.metrics(), outside.jwks()));
    return new Routes(api.endpoints, api.portal());
  }

  private Pages portal() {
    var portal = new Portal(parts.outside().portal());
    return Pages.of(
        portal::has,
        request -> {
          noKeys.require(request, null);
          return portal.get(request);
        });
  }

  private void products() {
    Handler portal = new GetPortalHandler(use.listProducts);
    endpoints.add(
        Endpoint.of(GET, "/v1/portal", "getPortal", PUBLIC, OK, withoutKeys(portal, null)));
    endpoints.add(
        Endpoint.of(
            GET,
            "/v1/mcp-clients",
            "listMcpClients",
            PUBLIC,
            Set.of(200, 304),
            withoutKeys(new GetMcpClientsHandler(), null)));
    on(GET, "/v1/products")
        .named("listProducts", "product.list")
        .answers(OK, new ListProductsHandler(use.listProducts, productJson));
  }

  private void people() {
    var controlUrl = parts.outside().controlUrl();
    var answer = new SessionAnswer(TenancyJson::of, controlUrl);
    Handler createSession = new CreateSessionHandler(use.signIn, answer, controlUrl);
    endpoints.add(
        Endpoint.of(
            POST,
            "/v1/sessions",
            "createSession",
            PUBLIC,
            CREATED,
            withoutKeys(createSession, "password")));
    on(DELETE, "/v1/sessions/current")
        .named("deleteCurrentSession", "session.end")
        .sessionOnly()
        .answers(OK, new DeleteCurrentSessionHandler(use.signOut, controlUrl));
    on(POST, "/v1/sessions/current/reauthenticate")
        .named("reauthenticate", "session.reauthenticate")
        .sessionOnly()
        .eachTimeAnew()
        .takesSecretIn("password")
        .answers(OK, new ReauthenticateHandler(use.reauthenticate, answer));
    endpoints.add(
        Endpoint.of(
            POST, "/v1/me/password", "setPassword", PUBLIC, OK, setPassword(answer, controlUrl)));
    on(GET, "/v1/me")
        .named("getMe", "me.get")
        .forAnyCaller()
        .answers(
            OK,
            new GetMeHandler(
                parts.stores().keys(),
                parts.stores().workspaces(),
                parts.rules().products(),
                keyJson,
                productJson));
  }

  private Handler setPassword(SessionAnswer answer, Supplier<String> controlUrl) {
    var accept = new AcceptInvitationHandler(use.acceptInvitation, TenancyJson::of, controlUrl);
    var terms = new Terms(SESSION, "password.change", Repeat.ANEW, "current_password");
    var change = new ChangePasswordHandler(use.changePassword, answer);
    return new SetPasswordHandler(
        withoutKeys(accept, null), new GuardedHandler(guards, terms, change));
  }

  /** A handler that anybody may call, behind the one guard that it has. */
  private Handler withoutKeys(Handler handler, @Nullable String secretField) {
    return request -> {
      noKeys.require(request, secretField);
      request.query(Set.of());
      return handler.handle(request);
    };
  }

  private void accounts() {
    on(POST, "/v1/accounts")
        .named("createAccount", "account.create")
        .answers(Set.of(200, 201), new CreateAccountHandler(use.createAccount));
    on(GET, "/v1/accounts")
        .named("listAccounts", "account.list")
        .answers(OK, new ListAccountsHandler(use.listAccounts));
    on(GET, "/v1/accounts/{account}")
        .named("getAccount", "account.get")
        .answers(OK, new GetAccountHandler(use.getAccount));
    on(PATCH, "/v1/accounts/{account}")
        .named("updateAccount", "account.update")
        .answers(OK, new UpdateAccountHandler(use.updateAccount));
    on(DELETE, "/v1/accounts/{account}")
        .named("deleteAccount", "account.delete")
        .answers(OK, new DeleteAccountHandler(use.deleteAccount));
    on(POST, "/v1/accounts/{account}/invitations")
        .named("createInvitation", "invitation.create")
        .eachTimeAnew()
        .answers(
            CREATED,
            new CreateInvitationHandler(use.createInvitation, parts.outside().controlUrl()));
  }

  private void workspaces() {
    String members = "/v1/workspaces/{workspace}/members";
    on(POST, "/v1/workspaces")
        .named("createWorkspace", "workspace.create")
        .answers(CREATED, new CreateWorkspaceHandler(use.createWorkspace));
    on(GET, "/v1/workspaces")
        .named("listWorkspaces", "workspace.list")
        .answers(OK, new ListWorkspacesHandler(use.listWorkspaces));
    on(GET, "/v1/workspaces/{workspace}")
        .named("getWorkspace", "workspace.get")
        .answers(OK, new GetWorkspaceHandler(use.getWorkspace));
    on(GET, "/v1/workspaces/{workspace}/plan-change")
        .named("previewPlanChange", "workspace.preview_plan")
        .answers(OK, new PreviewPlanChangeHandler(use.previewPlanChange, keyJson));
    on(PATCH, "/v1/workspaces/{workspace}")
        .named("updateWorkspace", "workspace.update")
        .answers(OK, new UpdateWorkspaceHandler(use.updateWorkspace));
    on(DELETE, "/v1/workspaces/{workspace}")
        .named("deleteWorkspace", "workspace.delete")
        .answers(OK, new DeleteWorkspaceHandler(use.deleteWorkspace));
    on(GET, members)
        .named("listMembers", "member.list")
        .answers(OK, new ListMembersHandler(use.listMembers, use.workspaceAccess));
    on(PUT, members + "/{account}")
        .named("putMember", "member.put")
        .answers(OK, new PutMemberHandler(use.putMember));
    on(DELETE, members + "/{account}")
        .named("removeMember", "member.remove")
        .answers(OK, new RemoveMemberHandler(use.removeMember));
    on(GET, members + "/{account}/removal")
        .named("previewRemoval", "member.preview_removal")
        .answers(OK, new PreviewRemovalHandler(use.previewRemoval, keyJson));
  }

  private void resources() {
    on(POST, "/v1/resources")
        .named("createResource", "resource.create")
        .answers(CREATED, new CreateResourceHandler(use.createResource));
    on(GET, "/v1/resources")
        .named("listResources", "resource.list")
        .answers(OK, new ListResourcesHandler(use.listResources));
    on(DELETE, "/v1/resources/{resource}")
        .named("deleteResource", "resource.delete")
        .answers(OK, new DeleteResourceHandler(use.deleteResource));
  }

  private void keys() {
    var outside = parts.outside();
    var rules = parts.rules();
    var revokeKey = new RevokeKeyHandler(use.revokeApiKey, keyJson);
    on(POST, "/v1/keys")
        .named("createKey", "key.create")
        .counted()
        .answers(
            CREATED,
            new CreateKeyHandler(
                use.createApiKey,
                keyJson,
                new EndpointUrls(rules.products(), outside.gatewayUrl())));
    on(GET, "/v1/keys")
        .named("listKeys", "key.list")
        .counted()
        .answers(OK, new ListKeysHandler(use.listApiKeys, keyJson));
    on(POST, "/v1/keys/revoke")
        .named("revokeKeys", "key.revoke_many")
        .counted()
        .answers(OK, new RevokeKeysHandler(use.revokeApiKeys));
    on(POST, "/v1/keys/verify")
        .named("verifyKey", "key.verify")
        .counted()
        .eachTimeAnew()
        .takesSecretIn("key")
        .answers(
            OK,
            new VerifyKeyHandler(
                use.access,
                rules.products(),
                rules.verifier(),
                new ScopeOfResource(parts.stores().resources()),
                parts.stores().keys(),
                keyJson));
    on(GET, "/v1/keys/{key}")
        .named("getKey", "key.get")
        .counted()
        .answers(OK, new GetKeyHandler(use.getApiKey, keyJson));
    on(PATCH, "/v1/keys/{key}")
        .named("updateKey", "key.update")
        .counted()
        .answers(OK, new UpdateKeyHandler(use.updateApiKey, keyJson));
    on(DELETE, "/v1/keys/{key}")
        .named("deleteKey", "key.revoke")
        .counted()
        .takesBody()
        .answers(OK, revokeKey);
    on(POST, "/v1/keys/{key}/revoke")
        .named("revokeKey", "key.revoke")
        .counted()
        .answers(OK, revokeKey);
  }

  private void usage() {
    on(GET, "/v1/keys/{key}/usage")
        .named("getKeyUsage", "key.usage")
        .counted()
        .answers(OK, new GetKeyUsageHandler(use.getKeyUsage));
    on(GET, "/v1/usage")
        .named("listKeyUsage", "usage.list")
        .answers(OK, new ListKeyUsageHandler(use.listKeyUsage));
  }

  private void operators() {
    on(GET, "/v1/audit")
        .named("listAuditEvents", "audit.list")
        .answers(OK, new ListAuditEventsHandler(use.listAuditEvents));
    on(POST, "/v1/operator-keys")
        .named("createOperatorKey", "operator_key.create")
        .answers(CREATED, new CreateOperatorKeyHandler(use.createOperatorKey));
    on(GET, "/v1/operator-keys")
        .named("listOperatorKeys", "operator_key.list")
        .answers(OK, new ListOperatorKeysHandler(use.listOperatorKeys));
    on(POST, "/v1/operator-keys/{operator_key}/revoke")
        .named("revokeOperatorKey", "operator_key.revoke")
        .answers(OK, new RevokeOperatorKeyHandler(use.revokeOperatorKey));
  }

  private Row on(Method method, String path) {
    return new Row(method, path);
  }

  /** A row of the table in the making; product keys may not call it unless it says otherwise. */
  private final class Row {
    private final Method method;
    private final String path;
    private String operationId = "";
    private String action = "";
    private Access access = PERSON_OR_OPERATOR;
    private Repeat repeat;
    private @Nullable String secretField;
    private boolean takesBody;

    Row(Method method, String path) {
      this.method = method;
      this.path = path;
      this.repeat = method == GET ? Repeat.ANEW : Repeat.ONCE;
    }

    /** Its names in the OpenAPI document and in the trail. */
    Row named(String operation, String inTrail) {
      operationId = operation;
      action = inTrail;
      return this;
    }

    /** What a product key calls counts against its management limit (MEMO-9). */
    Row counted() {
      access = COUNTED_CALLER;
      return this;
    }

    Row forAnyCaller() {
      access = CALLER;
      return this;
    }

    Row sessionOnly() {
      access = SESSION;
      return this;
    }

    /** No answer is kept: it tells a decision that may change, or holds what must not be kept. */
    Row eachTimeAnew() {
      repeat = Repeat.ANEW;
      return this;
    }

    /** The one field in which a whole key may come. */
    Row takesSecretIn(String field) {
      secretField = field;
      return this;
    }

    /** It does, though its method is one that mostly takes none. */
    Row takesBody() {
      takesBody = true;
      return this;
    }

    void answers(Set<Integer> statuses, Operation operation) {
      var handler =
          new GuardedHandler(guards, new Terms(access, action, repeat, secretField), operation);
      var endpoint = Endpoint.of(method, path, operationId, access, statuses, handler);
      endpoints.add(takesBody ? endpoint.withBody() : endpoint);
    }
  }
}
