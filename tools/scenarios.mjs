// `npm run scenarios`: builds what has changed, then plays the months. Its options are in apps/scenarios/README.md.
import { runAlone } from './whole-product.mjs';

await runAlone('scenarios');
