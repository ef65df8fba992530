/**
 * The suites that every connector runs in one line. They take the caller's `describe`, `it` and `expect`, so they bind
 * to no test runner, and its ajv, so the SDK depends on none.
 */
export { describeConnector, type ConnectorSuite } from './connector-suite.js';
export { describeDocuments, type DocumentsSuite, type ReadBackPost } from './documents-suite.js';
export { erpConformance, type ErpDouble, type ErpOperation, type ErpSuite, type PostingRules, type PostingTrip } from './erp-suite.js';
export { describeFollowing, type FollowingSuite } from './following-suite.js';
export {
  casesOf,
  outcomeOf,
  recoveryOf,
  sharedLogins,
  testContext,
  type Harness,
  type Outcome,
  type SchemaCompiler,
  type SharedLogins,
  type Skips,
} from './harness.js';
export { answeringHttp, fetchHttp, losingAnswers, onWrite, unreachableHttp } from './http-clients.js';
export { describeOperation, type OperationSuite } from './operation-suite.js';
export type { UnpackSamples } from './unpack-suite.js';
export type { WebhookSample } from './webhook-suite.js';
