import { Module } from '@nestjs/common';
import { PipelineModule } from '../pipeline/pipeline.module.js';
import { summaryControllers, summaryProviders } from './summaries/parts.module.js';

@Module({ imports: [PipelineModule], controllers: [...summaryControllers], providers: [...summaryProviders], exports: [...summaryProviders] })
export class LedgerModule {}
