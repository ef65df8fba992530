export { Folders } from './folders.js';
