import { Global, Module } from '@nestjs/common';
import { AccessController } from './access/access.controller.js';
import { AccessGuard } from './access/access.guard.js';
import { AuditQueryStore } from './audit/audit.query.store.js';
import { AuditStore } from './audit/audit.store.js';
import { IdentityStore } from './identity/identity.store.js';
import { KeyStore } from './identity/keys.store.js';
import { LinkStore } from './identity/links.store.js';
import { OwnController } from './identity/own.controller.js';
import { ProviderStore } from './identity/provider.store.js';
import { SecondFactorStore } from './identity/second-factor.store.js';
import { ServiceAccountStore } from './identity/service-accounts.store.js';
import { SessionController } from './identity/session.controller.js';
import { SessionStore } from './identity/sessions.store.js';
import { SignInStore } from './identity/sign-in.store.js';
import { ThrottleStore } from './identity/throttle.store.js';
import { SecretStore } from './secrets/secrets.store.js';

/** Who may do what, who did it, and what nobody may read. */
@Global()
@Module({
  controllers: [SessionController, OwnController, AccessController],
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
    AuditStore,
    AuditQueryStore,
    SecretStore,
    AccessGuard,
  ],
  exports: [IdentityStore, SessionStore, KeyStore, ThrottleStore, AuditStore, SecretStore, AccessGuard],
})
export class GovernanceModule {}
