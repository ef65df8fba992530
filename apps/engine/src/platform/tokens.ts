/** Names under which Nest hands out what has no class of its own. */
export const LOGGER = Symbol('logger');
export const SETTINGS = Symbol('settings');
export const API_DOCUMENT = Symbol('the OpenAPI document');
