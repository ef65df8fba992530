export { engineActor, type Actor, type Caller } from './caller.js';
export { decodeCursor, encodeCursor, page } from './cursor.js';
export { asProblem, ProblemFilter, sendProblem } from './problem.filter.js';
export { In, Route, routeMetadata, type Input, type WaybillRequest } from './route.decorator.js';
export { defineRoutes, type Answer, type RouteSpec, type Routes } from './route.js';
export { unstorableAt } from './storable.js';
export { checkBody, problemsOf } from './validation.js';
