import { Global, Module } from '@nestjs/common';
import { AccessController } from './access/access.controller.js';
import { AccessGuard } from './access/access.guard.js';
import { AuditQueryStore } from './audit/audit.query.store.js';
import { AuditController } from './audit/audit.controller.js';
import { AuditExportStore } from './audit/audit-export.store.js';
import { AuditStatusStore } from './audit/audit-status.store.js';
import { AuditStore } from './audit/audit.store.js';
import { ExportRows } from './audit/export-rows.store.js';
import { ReadLog } from './audit/reads.store.js';
import { SealCopies } from './audit/seal-copies.store.js';
import { SealerStore } from './audit/sealer.store.js';
import { Sealing } from './audit/sealing.store.js';
import { IdentityStore } from './identity/identity.store.js';
import { KeyStore } from './identity/keys.store.js';
import { LinkStore } from './identity/links.store.js';
import { OwnController } from './identity/own.controller.js';
import { PeopleStore } from './identity/people.store.js';
import { ProviderStore } from './identity/provider.store.js';
import { SecondFactorStore } from './identity/second-factor.store.js';
import { ServiceAccountStore } from './identity/service-accounts.store.js';
import { SessionController } from './identity/session.controller.js';
import { KeyRotation } from './secrets/rotation.store.js';
import { SessionStore } from './identity/sessions.store.js';
import { SignInStore } from './identity/sign-in.store.js';
import { ThrottleStore } from './identity/throttle.store.js';
import { SecretStore } from './secrets/secrets.store.js';
import { ViewsController } from './views/views.controller.js';
import { ViewStore } from './views/views.store.js';

/** Who may do what, who did it, and what nobody may read. */
@Global()
@Module({
  controllers: [SessionController, OwnController, AccessController, AuditController, ViewsController],
  providers: [
    ThrottleStore,
    SessionStore,
    SecondFactorStore,
    SignInStore,
    LinkStore,
    ProviderStore,
    KeyStore,
    ServiceAccountStore,
    IdentityStore,
    PeopleStore,
    AuditStore,
    AuditQueryStore,
    AuditExportStore,
    ExportRows,
    AuditStatusStore,
    SealerStore,
    SealCopies,
    Sealing,
    ReadLog,
    SecretStore,
    KeyRotation,
    AccessGuard,
    ViewStore,
  ],
  exports: [
    IdentityStore,
    PeopleStore,
    SessionStore,
    KeyStore,
    ThrottleStore,
    AuditStore,
    AuditStatusStore,
    ReadLog,
    SecretStore,
    AccessGuard,
  ],
})
export class GovernanceModule {}
