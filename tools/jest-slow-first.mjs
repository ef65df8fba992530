import Sequencer from '@jest/test-sequencer';

/**
 * What takes long begins first, so that no worker is left alone with it at the end. Jest knows the times of a run before; a fresh clone has none, and would go by
 * the size of files: there tests in a browser and tests of a whole engine come before the rest.
 */
export default class SlowFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => weight(other.path) - weight(one.path));
  }
}

const weight = (path) => (path.includes('/apps/console/browser/') ? 2 : path.includes('/apps/engine/test/') ? 1 : 0);
