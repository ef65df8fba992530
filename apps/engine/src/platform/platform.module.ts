import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import type { Settings } from '../config/index.js';
import { Database } from './database/index.js';
import { EgressClient } from './egress/index.js';
import { Folders } from './folders/index.js';
import { Mailer } from './mail/index.js';
import { MappingPool } from './mapping-runtime/index.js';
import { Doorbell } from './queue/index.js';
import type { Logger } from './telemetry/index.js';
import { LOGGER, SETTINGS } from './tokens.js';

/** The floor that everything stands on, made at boot and handed in. */
export interface PlatformParts {
  settings: Settings;
  logger: Logger;
  database: Database;
  doorbell: Doorbell;
  mappingPool: MappingPool;
  egress: EgressClient;
  folders: Folders;
  mailer: Mailer;
  /** Further values by token: the master key, the folder of packs. */
  more: Provider[];
}

@Global()
@Module({})
export class PlatformModule {
  static with(parts: PlatformParts): DynamicModule {
    const providers: Provider[] = [
      { provide: SETTINGS, useValue: parts.settings },
      { provide: LOGGER, useValue: parts.logger },
      { provide: Database, useValue: parts.database },
      { provide: Doorbell, useValue: parts.doorbell },
      { provide: MappingPool, useValue: parts.mappingPool },
      { provide: EgressClient, useValue: parts.egress },
      { provide: Folders, useValue: parts.folders },
      { provide: Mailer, useValue: parts.mailer },
      ...parts.more,
    ];
    return { module: PlatformModule, providers, exports: providers };
  }
}
