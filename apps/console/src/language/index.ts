/** The door of the language room. */
export { chooseLanguage, languages, type Language } from './languages.js';
export { rich, richCounted } from './rich.js';
export { counted, formatNumber, inSentence, language, listed, locale, speak, startLanguage, t, tIn } from './text.js';
