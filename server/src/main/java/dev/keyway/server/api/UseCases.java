package dev.keyway.server.api;

import dev.keyway.core.apikey.CreateApiKey;
import dev.keyway.core.apikey.GetApiKey;
import dev.keyway.core.apikey.KeyAccess;
import dev.keyway.core.apikey.KeyOwnership;
import dev.keyway.core.apikey.ListApiKeys;
import dev.keyway.core.apikey.RevokeApiKey;
import dev.keyway.core.apikey.RevokeApiKeys;
import dev.keyway.core.apikey.UpdateApiKey;
import dev.keyway.core.audit.ListAuditEvents;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Authenticator;
import dev.keyway.core.operator.CreateOperatorKey;
import dev.keyway.core.operator.ListOperatorKeys;
import dev.keyway.core.operator.RevokeOperatorKey;
import dev.keyway.core.product.ListProducts;
import dev.keyway.core.session.AcceptInvitation;
import dev.keyway.core.session.ChangePassword;
import dev.keyway.core.session.CreateInvitation;
import dev.keyway.core.session.PasswordCheck;
import dev.keyway.core.session.Reauthenticate;
import dev.keyway.core.session.ResumeSession;
import dev.keyway.core.session.SignIn;
import dev.keyway.core.session.SignOut;
import dev.keyway.core.tenancy.CreateAccount;
import dev.keyway.core.tenancy.CreateResource;
import dev.keyway.core.tenancy.CreateWorkspace;
import dev.keyway.core.tenancy.DeleteAccount;
import dev.keyway.core.tenancy.DeleteResource;
import dev.keyway.core.tenancy.DeleteWorkspace;
import dev.keyway.core.tenancy.GetAccount;
import dev.keyway.core.tenancy.GetWorkspace;
import dev.keyway.core.tenancy.Ids;
import dev.keyway.core.tenancy.ListAccounts;
import dev.keyway.core.tenancy.ListMembers;
import dev.keyway.core.tenancy.ListResources;
import dev.keyway.core.tenancy.ListWorkspaces;
import dev.keyway.core.tenancy.PreviewPlanChange;
import dev.keyway.core.tenancy.PreviewRemoval;
import dev.keyway.core.tenancy.PutMember;
import dev.keyway.core.tenancy.RemoveMember;
import dev.keyway.core.tenancy.UpdateAccount;
import dev.keyway.core.tenancy.UpdateWorkspace;
import dev.keyway.core.tenancy.WorkspaceAccess;
import dev.keyway.core.usage.GetKeyUsage;
import dev.keyway.core.usage.ListKeyUsage;

/** The core's use cases, each made once from the node's parts. */
final class UseCases {
  final Access access;
  final Authenticator authenticator;
  final ResumeSession resumeSession;
  final SignIn signIn;
  final SignOut signOut;
  final Reauthenticate reauthenticate;
  final ChangePassword changePassword;
  final CreateInvitation createInvitation;
  final AcceptInvitation acceptInvitation;

  final KeyAccess keyAccess;
  final CreateApiKey createApiKey;
  final GetApiKey getApiKey;
  final ListApiKeys listApiKeys;
  final UpdateApiKey updateApiKey;
  final RevokeApiKey revokeApiKey;
  final RevokeApiKeys revokeApiKeys;
  final GetKeyUsage getKeyUsage;
  final ListKeyUsage listKeyUsage;

  final CreateAccount createAccount;
  final GetAccount getAccount;
  final ListAccounts listAccounts;
  final UpdateAccount updateAccount;
  final DeleteAccount deleteAccount;

  final WorkspaceAccess workspaceAccess;
  final CreateWorkspace createWorkspace;
  final ListWorkspaces listWorkspaces;
  final UpdateWorkspace updateWorkspace;
  final DeleteWorkspace deleteWorkspace;
  final ListMembers listMembers;
  final PutMember putMember;
  final RemoveMember removeMember;

  final GetWorkspace getWorkspace;
  final PreviewRemoval previewRemoval;
  final PreviewPlanChange previewPlanChange;

  final CreateResource createResource;
  final ListResources listResources;
  final DeleteResource deleteResource;

  final ListProducts listProducts;

  final CreateOperatorKey createOperatorKey;
  final ListOperatorKeys listOperatorKeys;
  final RevokeOperatorKey revokeOperatorKey;
  final ListAuditEvents listAuditEvents;

  UseCases(ControlParts parts) {
    var stores = parts.stores();
    var accounts = stores.accounts();
    var workspaces = stores.workspaces();
    var resources = stores.resources();
    var keys = stores.keys();
    var rules = parts.rules();
    var clock = rules.clock();
    var random = rules.random();
    var digester = rules.digester();
    var narrowing = rules.narrowing();
    var ids = new Ids(random);

    access = new Access(rules.products());
    authenticator = rules.authenticator();
    resumeSession = new ResumeSession(stores.sessions(), accounts, rules.sessionLookups(), clock);
    var sessions = stores.sessions();
    var passwords = stores.passwords();
    var invitations = stores.invitations();
    var hasher = rules.passwords();
    var throttle = rules.throttle();
    var check = new PasswordCheck(hasher, throttle);
    signIn = new SignIn(passwords, sessions, check, random, clock);
    signOut = new SignOut(sessions, clock);
    reauthenticate = new Reauthenticate(passwords, sessions, check, random, clock);
    changePassword = new ChangePassword(passwords, hasher, check, random, clock);
    acceptInvitation =
        new AcceptInvitation(invitations, accounts, passwords, hasher, throttle, clock);

    keyAccess = new KeyAccess(access, keys, workspaces);
    var ownership = new KeyOwnership(accounts, workspaces, resources);
    createApiKey = new CreateApiKey(access, keyAccess, ownership, keys, digester, random, clock);
    getApiKey = new GetApiKey(keyAccess, keys);
    listApiKeys = new ListApiKeys(keyAccess, keys, rules.products(), clock);
    updateApiKey = new UpdateApiKey(keyAccess, keys, narrowing, clock);
    revokeApiKey = new RevokeApiKey(keyAccess, keys, narrowing, clock);
    revokeApiKeys = new RevokeApiKeys(access, keyAccess, keys, narrowing, clock);

    getKeyUsage = new GetKeyUsage(keyAccess, rules.usage(), clock);
    listKeyUsage = new ListKeyUsage(keyAccess, rules.usage(), clock);

    createAccount = new CreateAccount(access, accounts, ids, clock);
    getAccount = new GetAccount(accounts);
    createInvitation = new CreateInvitation(getAccount, invitations, random, clock);
    listAccounts = new ListAccounts(access, accounts);
    updateAccount = new UpdateAccount(getAccount, accounts, narrowing, clock);
    deleteAccount = new DeleteAccount(accounts, narrowing, clock);

    workspaceAccess = new WorkspaceAccess(workspaces);
    createWorkspace = new CreateWorkspace(access, accounts, workspaces, ids, clock);
    listWorkspaces = new ListWorkspaces(access, workspaces);
    updateWorkspace = new UpdateWorkspace(access, workspaceAccess, workspaces, narrowing, clock);
    deleteWorkspace = new DeleteWorkspace(workspaces, narrowing, clock);
    listMembers = new ListMembers(workspaceAccess, workspaces);
    putMember = new PutMember(workspaceAccess, accounts, workspaces, clock);
    removeMember = new RemoveMember(workspaceAccess, workspaces, narrowing, clock);

    getWorkspace = new GetWorkspace(workspaceAccess);
    previewRemoval = new PreviewRemoval(workspaceAccess, workspaces, keys, clock);
    previewPlanChange = new PreviewPlanChange(access, workspaceAccess, keys, clock);

    createResource = new CreateResource(access, accounts, workspaces, resources, ids, clock);
    listResources = new ListResources(access, resources);
    deleteResource = new DeleteResource(resources, narrowing, clock);

    listProducts = new ListProducts(rules.products());

    createOperatorKey =
        new CreateOperatorKey(access, stores.operatorKeys(), digester, random, clock);
    listOperatorKeys = new ListOperatorKeys(stores.operatorKeys());
    revokeOperatorKey = new RevokeOperatorKey(stores.operatorKeys(), narrowing, clock);
    listAuditEvents = new ListAuditEvents(stores.audit(), workspaces);
  }
}
