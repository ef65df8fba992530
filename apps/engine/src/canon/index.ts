export { CanonModule } from './canon.module.js';
export { CanonStore, type Kept } from './canon.store.js';
export { TooManyDocuments, type HubQuestion } from './hub-question.js';
export { HubAnswers } from './hub-answers.store.js';
export { effectOf } from './effect.js';
export { documentFacts, type DocumentFacts } from './facts.js';
export { brokenSum } from './invariants.js';
