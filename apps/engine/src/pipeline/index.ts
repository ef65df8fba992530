export { ageing, ageOf, ages, isOfAge, noCurrency, type Age, type AgedRow } from './ageing.js';
export { asClaimed } from './as-claimed.js';
export { ShadowStore } from './candidates/shadow.store.js';
export { ShareWatch } from './candidates/share-watch.store.js';
export { flowImpact, type FlowImpact } from './comparison/compare.js';
export { ComparisonStore } from './comparison/comparison.store.js';
export {
  answersMax,
  BriefAnswers,
  countsOf,
  facetOf,
  keptMs,
  rowsMax as facetRowsMax,
  type Counted,
  type FacetCounts,
} from './facets/facets.js';
export { MessageFacets } from './facets/message-facets.store.js';
export { flowFacts } from './expressions.js';
export { finish } from './map/map.js';
export type { ExceptionFacts, Fix, Journey, MessageRow } from './journey.js';
export { LaneWorker } from './lanes/lanes.worker.js';
export { Sweeper } from './lanes/sweeper.store.js';
export { MessageQueryStore } from './messages.query.store.js';
export { MessageStore, type Draft, type Rung } from './messages.store.js';
export { orderingKeyOf } from './ordering-key.js';
export { Pipeline } from './pipeline.store.js';
export { Preview } from './preview.store.js';
export { Rehearsal, type Rehearsed, type Trial } from './rehearsal.store.js';
export type { Tried } from './rehearse.js';
export { PipelineModule } from './pipeline.module.js';
export { HubEntry, type Entering, type MadeHere } from './settle/hub-entry.store.js';
export { identityOf } from './send/meeting.js';
export { PostingStore } from './send/postings.store.js';
export { UnpostedStore } from './unposted.store.js';
export { isFinal, stages, type MessageState, type Stage } from './vocabulary.js';
export { callBack } from './settle/called-back.store.js';
export { openException } from './settle/people.store.js';
export { sumsOf, type Sum } from './sums.js';
