import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './app/base.css';
import { startLanguage } from './language/index.js';

// Texts of modules are said when a module loads, so everything else loads after the language.
await startLanguage();
const { startConsole } = await import('./app/start.js');
startConsole();
