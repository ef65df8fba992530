import { AlertsController } from './alerts.controller.js';
import { AlertStore } from './alerts.store.js';
import { ChannelStore } from './channels.store.js';
import { RuleStore } from './rules.store.js';
import { AlertSending } from './sending.store.js';
import { Situations } from './situations.store.js';
import { AlertWatch } from './watching.store.js';

export const alertControllers = [AlertsController];
export const alertProviders = [ChannelStore, RuleStore, Situations, AlertWatch, AlertSending, AlertStore];
