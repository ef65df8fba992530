// Every room of the console in dark, over a company that lives.
import { everyRoom } from '../test/every-room.js';

everyRoom('dark');
