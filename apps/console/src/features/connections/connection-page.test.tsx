// What a connection may do at once is what holds for it, not what its connector begins with.
import { describe, expect, it } from '@jest/globals';
import { screen } from '@testing-library/react';
import { createFakeEngine } from '../../../test/fake-engine.js';
import { connections } from '../../../test/fixtures.js';
import { openConsole } from '../../../test/open-console.js';

describe('the limits of a connection', () => {
  it('are its own where it has any', async () => {
    const engine = createFakeEngine();
    const limits = { concurrency: 1, perSecond: 7, perDay: 5000, own: ['concurrency', 'perSecond', 'perDay'] };
    engine.answer('GET /v1/connections/:name', () => ({ ...connections[0]!, limits }));
    openConsole('/connections/stripe', engine);
    expect(await screen.findByText('1 call, 7 a second, 5,000 a day')).toBeInTheDocument();
  });
});
