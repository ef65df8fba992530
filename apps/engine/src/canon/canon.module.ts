import { Module } from '@nestjs/common';
import { CanonController } from './canon.controller.js';
import { CanonStore } from './canon.store.js';
import { HubAnswers } from './hub-answers.store.js';

@Module({ controllers: [CanonController], providers: [CanonStore, HubAnswers], exports: [CanonStore, HubAnswers] })
export class CanonModule {}
