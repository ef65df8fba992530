import { Controller, Inject } from '@nestjs/common';
import type { JsonObject } from '@waybill/sdk';
import { In, Route, type Input } from '../../platform/http/index.js';
import { validationRoutes as routes } from './validation-routes.js';
import { ValidationStore } from './validation.store.js';

@Controller()
export class ValidationController {
  constructor(@Inject(ValidationStore) private readonly validation: ValidationStore) {}

  @Route(routes.validateDocument)
  validate(@In() { params: { name }, body, caller }: Input<typeof routes.validateDocument>) {
    const { document, delivery, ...rest } = body;
    return this.validation.validate(
      name,
      { ...rest, document: document as JsonObject, ...(delivery === undefined ? {} : { delivery: delivery as JsonObject }) },
      caller.scope,
    );
  }
}
