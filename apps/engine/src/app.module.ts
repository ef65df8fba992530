import { Module, type DynamicModule } from '@nestjs/common';
import { AssuranceModule } from './assurance/index.js';
import { CanonModule } from './canon/index.js';
import { CatalogModule } from './catalog/catalog.module.js';
import { ExceptionsModule } from './exceptions/index.js';
import { GovernanceModule } from './governance/index.js';
import { IntakeModule } from './intake/index.js';
import { LedgerModule } from './ledger/index.js';
import { PipelineModule } from './pipeline/index.js';
import { PlatformModule, type PlatformParts } from './platform/platform.module.js';

/** All floors, the lowest first. */
@Module({})
export class AppModule {
  static with(parts: PlatformParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(parts),
        GovernanceModule,
        CanonModule,
        CatalogModule,
        PipelineModule,
        IntakeModule,
        LedgerModule,
        ExceptionsModule,
        AssuranceModule,
      ],
    };
  }
}
