export { letters, type Letter } from './letters.js';
export { Mailer, write, type Mail } from './mailer.js';
