import { Controller, Inject } from '@nestjs/common';
import { Route } from '../../platform/http/index.js';
import { OperationsStore } from './operations.store.js';
import { operationsRoutes as routes } from './routes.js';

@Controller()
export class OperationsController {
  constructor(@Inject(OperationsStore) private readonly operations: OperationsStore) {}

  @Route(routes.getOperations)
  find() {
    return this.operations.now();
  }
}
