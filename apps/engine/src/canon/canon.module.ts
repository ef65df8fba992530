import { Module } from '@nestjs/common';
import { CanonController } from './canon.controller.js';
import { CanonStore } from './canon.store.js';

@Module({ controllers: [CanonController], providers: [CanonStore], exports: [CanonStore] })
export class CanonModule {}
