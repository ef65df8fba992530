import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** Checks the settings and documents of the suites: what connectors declare is JSON Schema of 2020-12, with formats. */
export const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
