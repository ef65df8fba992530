// The console's rooms where documents are worked on, over a company that lives.
import { everyRoom } from '../test/every-room.js';

everyRoom('operating');
