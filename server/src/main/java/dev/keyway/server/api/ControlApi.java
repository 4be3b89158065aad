package dev.keyway.server.api;

import static dev.keyway.server.http.Endpoint.Access.CALLER;
import static dev.keyway.server.http.Endpoint.Access.COUNTED_CALLER;
import static dev.keyway.server.http.Endpoint.Access.PUBLIC;
import static dev.keyway.server.http.Endpoint.Access.SESSION;
import static dev.keyway.server.http.Endpoint.Method.DELETE;
import static dev.keyway.server.http.Endpoint.Method.GET;
import static dev.keyway.server.http.Endpoint.Method.PATCH;
import static dev.keyway.server.http.Endpoint.Method.POST;
import static dev.keyway.server.http.Endpoint.Method.PUT;

import dev.keyway.server.api.GuardedHandler.Guards;
import dev.keyway.server.api.GuardedHandler.Repeat;
import dev.keyway.server.http.Endpoint;
import dev.keyway.server.http.Endpoint.Access;
import dev.keyway.server.http.Endpoint.Method;
import dev.keyway.server.http.NodeEndpoints;
import dev.keyway.server.http.Routes;
import dev.keyway.server.portal.CreateSessionHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
  private final Guards guards;
  private final List<Endpoint> endpoints = new ArrayList<>();

  private ControlApi(ControlParts parts) {
    this.parts = parts;
    this.use = new UseCases(parts);
    var stores = parts.stores();
    var rules = parts.rules();
    this.keyJson = new KeyJson(rules.products(), rules.clock());
    this.guards =
        new Guards(
            new Callers(use.authenticator, use.resumeSession, parts.outside().controlUrl()),
            new ManagementLimit(rules.products(), rules.limiter()),
            new Idempotency(stores.idempotency(), rules.clock()),
            new Refusals(stores.audit(), rules.clock()));
  }

  /** The route table of the control listener. */
  public static Routes routes(ControlParts parts) {
    var api = new ControlApi(parts);
    api.people();
    api.accounts();
    api.workspaces();
    api.resources();
    api.keys();
    api.operators();
    var outside = parts.outside();
    api.endpoints.addAll(NodeEndpoints.of(outside.health(), outside.metrics(), outside.jwks()));
    return new Routes(api.endpoints);
  }

  private void people() {
    var controlUrl = parts.outside().controlUrl();
    var createSession = new CreateSessionHandler(use.signIn, TenancyJson::of, controlUrl);
    endpoints.add(
        Endpoint.of(POST, "/v1/sessions", "createSession", PUBLIC, CREATED, createSession));
    add(
        DELETE,
        "/v1/sessions/current",
        "deleteCurrentSession",
        "session.end",
        SESSION,
        OK,
        new DeleteCurrentSessionHandler(use.signOut, controlUrl));
    add(
        GET,
        "/v1/me",
        "getMe",
        "me.get",
        CALLER,
        OK,
        new GetMeHandler(parts.stores().keys(), parts.stores().workspaces(), keyJson));
  }

  private void accounts() {
    add(
        POST,
        "/v1/accounts",
        "createAccount",
        "account.create",
        CALLER,
        Set.of(200, 201),
        new CreateAccountHandler(use.createAccount));
    add(
        GET,
        "/v1/accounts",
        "listAccounts",
        "account.list",
        CALLER,
        OK,
        new ListAccountsHandler(use.listAccounts));
    add(
        GET,
        "/v1/accounts/{account}",
        "getAccount",
        "account.get",
        CALLER,
        OK,
        new GetAccountHandler(use.getAccount));
    add(
        PATCH,
        "/v1/accounts/{account}",
        "updateAccount",
        "account.update",
        CALLER,
        OK,
        new UpdateAccountHandler(use.updateAccount));
    add(
        DELETE,
        "/v1/accounts/{account}",
        "deleteAccount",
        "account.delete",
        CALLER,
        OK,
        new DeleteAccountHandler(use.deleteAccount));
  }

  private void workspaces() {
    String members = "/v1/workspaces/{workspace}/members";
    add(
        POST,
        "/v1/workspaces",
        "createWorkspace",
        "workspace.create",
        CALLER,
        CREATED,
        new CreateWorkspaceHandler(use.createWorkspace));
    add(
        GET,
        "/v1/workspaces",
        "listWorkspaces",
        "workspace.list",
        CALLER,
        OK,
        new ListWorkspacesHandler(use.listWorkspaces));
    add(
        PATCH,
        "/v1/workspaces/{workspace}",
        "updateWorkspace",
        "workspace.update",
        CALLER,
        OK,
        new UpdateWorkspaceHandler(use.updateWorkspace));
    add(
        DELETE,
        "/v1/workspaces/{workspace}",
        "deleteWorkspace",
        "workspace.delete",
        CALLER,
        OK,
        new DeleteWorkspaceHandler(use.deleteWorkspace));
    add(
        GET,
        members,
        "listMembers",
        "member.list",
        CALLER,
        OK,
        new ListMembersHandler(use.listMembers));
    add(
        PUT,
        members + "/{account}",
        "putMember",
        "member.put",
        CALLER,
        OK,
        new PutMemberHandler(use.putMember));
    add(
        DELETE,
        members + "/{account}",
        "removeMember",
        "member.remove",
        CALLER,
        OK,
        new RemoveMemberHandler(use.removeMember));
  }

  private void resources() {
    add(
        POST,
        "/v1/resources",
        "createResource",
        "resource.create",
        CALLER,
        CREATED,
        new CreateResourceHandler(use.createResource));
    add(
        GET,
        "/v1/resources",
        "listResources",
        "resource.list",
        CALLER,
        OK,
        new ListResourcesHandler(use.listResources));
    add(
        DELETE,
        "/v1/resources/{resource}",
        "deleteResource",
        "resource.delete",
        CALLER,
        OK,
        new DeleteResourceHandler(use.deleteResource));
  }

  private void keys() {
    var outside = parts.outside();
    var rules = parts.rules();
    var revokeKey = new RevokeKeyHandler(use.revokeApiKey, keyJson);
    add(
        POST,
        "/v1/keys",
        "createKey",
        "key.create",
        COUNTED_CALLER,
        CREATED,
        new CreateKeyHandler(
            use.createApiKey, keyJson, new EndpointUrls(rules.products(), outside.gatewayUrl())));
    add(
        GET,
        "/v1/keys",
        "listKeys",
        "key.list",
        COUNTED_CALLER,
        OK,
        new ListKeysHandler(use.listApiKeys, keyJson));
    add(
        POST,
        "/v1/keys/revoke",
        "revokeKeys",
        "key.revoke_many",
        COUNTED_CALLER,
        OK,
        new RevokeKeysHandler(use.revokeApiKeys));
    add(
        POST,
        "/v1/keys/verify",
        "verifyKey",
        "key.verify",
        COUNTED_CALLER,
        OK,
        new VerifyKeyHandler(
            use.access,
            rules.products(),
            rules.verifier(),
            new ScopeOfResource(parts.stores().resources()),
            keyJson));
    add(
        GET,
        "/v1/keys/{key}",
        "getKey",
        "key.get",
        COUNTED_CALLER,
        OK,
        new GetKeyHandler(use.getApiKey, keyJson));
    add(
        PATCH,
        "/v1/keys/{key}",
        "updateKey",
        "key.update",
        COUNTED_CALLER,
        OK,
        new UpdateKeyHandler(use.updateApiKey, keyJson));
    add(DELETE, "/v1/keys/{key}", "deleteKey", "key.revoke", COUNTED_CALLER, OK, revokeKey);
    add(POST, "/v1/keys/{key}/revoke", "revokeKey", "key.revoke", COUNTED_CALLER, OK, revokeKey);
  }

  private void operators() {
    add(
        GET,
        "/v1/audit",
        "listAuditEvents",
        "audit.list",
        CALLER,
        OK,
        new ListAuditEventsHandler(use.listAuditEvents));
    add(
        POST,
        "/v1/operator-keys",
        "createOperatorKey",
        "operator_key.create",
        CALLER,
        CREATED,
        new CreateOperatorKeyHandler(use.createOperatorKey));
    add(
        GET,
        "/v1/operator-keys",
        "listOperatorKeys",
        "operator_key.list",
        CALLER,
        OK,
        new ListOperatorKeysHandler(use.listOperatorKeys));
    add(
        POST,
        "/v1/operator-keys/{operator_key}/revoke",
        "revokeOperatorKey",
        "operator_key.revoke",
        CALLER,
        OK,
        new RevokeOperatorKeyHandler(use.revokeOperatorKey));
  }

  private void add(
      Method method,
      String path,
      String operationId,
      String action,
      Access access,
      Set<Integer> statuses,
      Operation operation) {
    // An answer of verify must not outlive the decision: it is never kept.
    Repeat repeat = method == POST && !operationId.equals("verifyKey") ? Repeat.ONCE : Repeat.ANEW;
    var handler = new GuardedHandler(guards, access, action, repeat, operation);
    endpoints.add(Endpoint.of(method, path, operationId, access, statuses, handler));
  }
}
