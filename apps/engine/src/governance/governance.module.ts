import { Global, Module } from '@nestjs/common';
import { AccessController } from './access/access.controller.js';
import { AccessGuard } from './access/access.guard.js';
import { AuditQueryStore } from './audit/audit.query.store.js';
import { AuditStore } from './audit/audit.store.js';
import { IdentityStore } from './identity/identity.store.js';
import { SessionController } from './identity/session.controller.js';
import { KeyRotation } from './secrets/rotation.store.js';
import { SecretStore } from './secrets/secrets.store.js';

/** Who may do what, who did it, and what nobody may read. */
@Global()
@Module({
  controllers: [SessionController, AccessController],
  providers: [IdentityStore, AuditStore, AuditQueryStore, SecretStore, KeyRotation, AccessGuard],
  exports: [IdentityStore, AuditStore, SecretStore, AccessGuard],
})
export class GovernanceModule {}
