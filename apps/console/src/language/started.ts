import { chosenLanguage } from './languages.js';
import { speak } from './text.js';

// Words of columns, states and menus are said once, when their module loads. Whoever imports the door of this room waits here until the language is there.
await speak(chosenLanguage());
