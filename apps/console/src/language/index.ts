/** The door of the language room. */
import './started.js';

export { chooseLanguage, languages, type Language } from './languages.js';
export { rich } from './rich.js';
export { counted, formatNumber, inSentence, language, listed, locale, t, tIn } from './text.js';
