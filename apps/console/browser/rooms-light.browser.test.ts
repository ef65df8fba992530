// Every room of the console in light, over a company that lives.
import { everyRoom } from '../test/every-room.js';

everyRoom('light');
