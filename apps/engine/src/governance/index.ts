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
export { AuditStatusStore } from './audit/audit-status.store.js';
export { AuditQueryStore } from './audit/audit.query.store.js';
export { GovernanceModule } from './governance.module.js';
export { IdentityStore } from './identity/identity.store.js';
export { idOfKey } from './secrets/envelope.js';
export { KEY_ENCRYPTION, UnknownKey, type KeyEncryption, type WrappedKey } from './secrets/key-encryption.js';
export { KeyFile, KeyFileError } from './secrets/key-file.store.js';
export { MasterKeys } from './secrets/master-keys.store.js';
export { KeyRotation, type KeyUse } from './secrets/rotation.store.js';
export { SecretStore } from './secrets/secrets.store.js';
export { ReadLog } from './audit/reads.store.js';
export { SEAL_KEY, SealKeyError, sealKeyFrom } from './audit/seal-key.store.js';
export { SealCopies } from './audit/seal-copies.store.js';
export { sealKeyOf } from './audit/seal.js';
export { SealerStore } from './audit/sealer.store.js';
export { Sealing } from './audit/sealing.store.js';
export { isRole } from './access/permissions.js';
export { PeopleStore } from './identity/people.store.js';
export { KeyStore } from './identity/keys.store.js';
export { SessionStore } from './identity/sessions.store.js';
export { ThrottleStore } from './identity/throttle.store.js';
