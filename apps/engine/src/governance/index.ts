export { AccessGuard } from './access/access.guard.js';
export { permissions, permissionsOf, roles } from './access/permissions.js';
export {
  decideApproval,
  requestApproval,
  seenApprovals,
  useApprovals,
  voidApprovals,
  type ApprovalRequest,
  type Decision,
} from './approvals/desk.store.js';
export { ownPart, type Maker } from './approvals/makers.js';
export { AuditStore, type Act } from './audit/audit.store.js';
export { AuditQueryStore } from './audit/audit.query.store.js';
export { GovernanceModule } from './governance.module.js';
export { IdentityStore } from './identity/identity.store.js';
export { MASTER_KEY, SecretStore } from './secrets/secrets.store.js';
