// The console's rooms where usage is accounted for, and where people, their rights and what they did are looked after, over a company that lives.
import { everyRoom } from '../test/every-room.js';

everyRoom('governing');
