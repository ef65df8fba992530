// Generated from docs/reference/openapi.json by `npm run generate`.
export interface paths {
    "/v1/trace/{kind}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The way of anything from usage to the books and back, with a sum check on every edge. What the caller may not see is not in it */
        get: operations["trace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/controls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Controls with their newest runs */
        get: operations["listControls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/control-board": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest run of each control, period and day */
        get: operations["getControlBoard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/controls/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One control with its file */
        get: operations["getControl"];
        /** Save a control file; every problem at once when it has some */
        put: operations["putControl"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/controls/{name}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop the daily runs of a control */
        post: operations["pauseControl"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/controls/{name}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a control run daily again */
        post: operations["resumeControl"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/controls/{name}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a control now; the run goes on in the background */
        post: operations["startControlRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/control-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs of controls, newest first */
        get: operations["listControlRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/control-runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One run: sums by legal entity and currency, or by meter, what leads from one side to the other, and its sign-off */
        get: operations["getControlRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/control-runs/{id}/gaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Gaps of a run, down to the document, each with its cause and remedy */
        get: operations["listGaps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/control-runs/{id}/gaps/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The gaps of a run as CSV; numbers stay numbers, and no text is a formula */
        get: operations["exportGaps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gaps/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say why a gap is right as it is; it holds for the same gap in later runs */
        post: operations["acceptGap"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gaps/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back that a gap was accepted */
        post: operations["withdrawGap"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/control-runs/{id}/prepare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign a run as its preparer; no gap may be open */
        post: operations["prepareCheckpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/checkpoints/{id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Review and lock what somebody else has prepared */
        post: operations["reviewCheckpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/checkpoints/{id}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a locked period was judged by, as a ZIP archive: both sides, sums (of money, or of quantities) and gaps as CSV, the control, the text that was signed, a page to print, and a manifest with the SHA-256 of each */
        get: operations["exportEvidence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/checkpoints/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a locked period again, with the reason */
        post: operations["reopenCheckpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Erasures, newest first */
        get: operations["listErasures"];
        put?: never;
        /** Ask that what is personal of a customer be erased. Nothing is erased before somebody else confirms it */
        post: operations["requestErasure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/erasures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One erasure: what was found, what it waits for, what was erased */
        get: operations["getErasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/erasures/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm what somebody else asked for. It begins at once, and cannot be undone */
        post: operations["confirmErasure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/erasures/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back an erasure that nobody has confirmed */
        post: operations["withdrawErasure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alerts, newest first; those that last unless others are asked for */
        get: operations["listAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that you know: it is not repeated. It ends by itself when it is over */
        post: operations["acknowledgeAlert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alert rules */
        get: operations["listAlertRules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-rules/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One alert rule */
        get: operations["getAlertRule"];
        /** Make or change an alert rule; every problem is told at once */
        put: operations["putAlertRule"];
        post?: never;
        /** Remove an alert rule. What it found and sent stays in the log */
        delete: operations["removeAlertRule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-rules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a rule would find now, and what it would say. Nothing is kept or sent */
        post: operations["previewAlertRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-rules/{name}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look no more; what lasts ends without a word */
        post: operations["pauseAlertRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-rules/{name}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look again */
        post: operations["resumeAlertRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where alerts go, and whether they arrive */
        get: operations["listAlertChannels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-channels/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make or change a channel. A secret that is left out keeps its value */
        put: operations["putAlertChannel"];
        post?: never;
        /** Remove a channel that no rule names, with its secrets */
        delete: operations["removeAlertChannel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-channels/{name}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test now, and say whether it was taken */
        post: operations["testAlertChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-channels/{name}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send nothing through it; notices wait */
        post: operations["pauseAlertChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-channels/{name}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send again, what waited first */
        post: operations["resumeAlertChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was sent, what waits and what failed, newest first */
        get: operations["listAlertNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-notices/{id}/send-again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a failed notice once more, now */
        post: operations["sendAlertNoticeAgain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the processes, the queue, the connections and the database are doing now; counts are of the whole installation */
        get: operations["getOperations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-levels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What flows promise, what they kept of it, and which documents are delayed now; a flow without a promise is not told */
        get: operations["listServiceLevels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/synthetic-checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Synthetic checks, each with its newest run. What they send is in no total, control or list of documents */
        get: operations["listSyntheticChecks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/synthetic-checks/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One synthetic check with its file */
        get: operations["getSyntheticCheck"];
        /** Save the file of a synthetic check; every problem at once when it has some. It runs within seconds, and then as often as it says */
        put: operations["putSyntheticCheck"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/synthetic-checks/{name}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin no more runs of a synthetic check; one that is open is taken back to its end */
        post: operations["pauseSyntheticCheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/synthetic-checks/{name}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a synthetic check run again */
        post: operations["resumeSyntheticCheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/synthetic-checks/{name}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a synthetic check now; the run goes on in the background */
        post: operations["startSyntheticRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/synthetic-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs of synthetic checks, newest first */
        get: operations["listSyntheticRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/synthetic-runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One run with its messages */
        get: operations["getSyntheticRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/synthetic-runs/{id}/give-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a run whose books were put right by hand, with the reason; it counts as wrong */
        post: operations["giveUpSyntheticRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/value": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** By month: documents that nobody had to touch, hours that documents were stopped, money that controls found, days to close */
        get: operations["listValue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is money moving, and what needs a person */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process runs */
        get: operations["getLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests can be served; 503 with the reason when not */
        get: operations["getReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics in the text format of Prometheus */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The error catalogue: every code with its meaning and its remedy */
        get: operations["listErrors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Live updates as server-sent events. Each event names what changed (`messages`, `exceptions`, `catalog`, `approvals`, `connections`, `alerts`); read it anew */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages, newest first */
        get: operations["listMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/ageing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is not posted yet, by currency and age since it was received */
        get: operations["getUnpostedAgeing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One message with the payload of every stage, attempts and history */
        get: operations["getMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{id}/stages/{stage}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A stage's payload as the exact text that is stored */
        get: operations["getStagePayload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mappings/{name}/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a source that is not saved does to the newest recorded payloads of the flows that use the mapping, beside what is live. Nothing is stored or sent */
        post: operations["compareMapping"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/releases/{id}/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The same for a saved release, beside the one that is live in its flow */
        post: operations["compareRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/releases/{id}/shadow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a release made of messages that came in while it was in the shadow, beside the live one; it sent nothing */
        get: operations["getShadow"];
        put?: never;
        /** Let an approved release map what comes in beside the live one; it sends nothing */
        post: operations["shadowRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schema-drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many fields of the newest payloads differ from each schema that a flow uses, over 50 payloads each; no values */
        get: operations["listSchemaDrift"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schemas/{kind}/{name}/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the newest recorded payloads say against a schema: fields that it does not have, fields that nobody fills, values of another type. The uppermost field of each */
        get: operations["getSchemaDrift"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exceptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exceptions; those over their time first, then most money times age */
        get: operations["listExceptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exceptions/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exceptions by root cause, at most 200 causes; those over their time first, then most money times age */
        get: operations["listExceptionGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exceptions/ageing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exceptions by currency of what they hold and age since they opened */
        get: operations["getExceptionAgeing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exceptions/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exceptions as CSV, in which no cell is a formula; at most 10,000. An entry of the audit log */
        get: operations["exportExceptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exceptions/assignees": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Users whom an exception can be given to */
        get: operations["listAssignees"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exceptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One exception */
        get: operations["getException"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exceptions/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people did to an exception, and what the pipeline did with its message meanwhile, oldest first; the newest 500 */
        get: operations["getExceptionHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exceptions/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give an exception to a user, take it up by giving it to yourself, or give it back with null */
        post: operations["assignException"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exceptions/{id}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put an exception off until an instant within 92 days; it comes back by itself. With null it is back now */
        post: operations["snoozeException"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exceptions/{id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write a comment. It stays as it is; an exception may have 200 */
        post: operations["commentException"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exceptions/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End an exception without posting: booked by hand, or not to be posted at all */
        post: operations["resolveException"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exceptions/{id}/table-draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a draft of the table that an exception names, and tell which exceptions it would clear */
        post: operations["draftForException"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/selections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Freeze what matches a filter now, or exceptions by id: counted, hashed, used once within 30 minutes; at most 10,000 */
        post: operations["makeSelection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/selections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A selection of your own */
        get: operations["getSelection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/selections/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give all of a selection to a user, or back with null; uses the selection up */
        post: operations["assignSelection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/selections/{id}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put all of a selection off until an instant; uses the selection up */
        post: operations["snoozeSelection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/selections/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End all of a selection without posting, with one reason; uses the selection up */
        post: operations["resolveSelection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/replays/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a replay would do, without doing it: versions, verdict and the changed request of each message */
        post: operations["previewReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send stored messages again: the same release or the live one, the tables as they are now. What is already posted posts nothing */
        post: operations["startReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/replays/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a replay is: its messages by what became of them */
        get: operations["getReplay"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/replays/{id}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of each message of a replay */
        get: operations["listReplayRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/replays/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back what a replay has not begun: those are exceptions again. What is under way goes on */
        post: operations["cancelReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exceptions/{id}/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fields of the record that stopped: what may be corrected, and why the rest is locked. Reading is noted in the audit log */
        get: operations["getEditableFields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exceptions/{id}/edits/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an edit would send, without sending it; refused where it would change an amount, the currency, the identity or a key */
        post: operations["previewEdit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exceptions/{id}/edits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for the approval of exactly what was previewed; where the flow needs none, the message goes on with it at once */
        post: operations["askForEdit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{id}/edits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Edits of a message: which fields, before and after, who asked and who approved; at most 200 */
        get: operations["listEdits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/edits/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an edit back that waits for its approval */
        post: operations["withdrawEdit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hooks/{connection}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A webhook of the connection. The raw body is verified, stored and then acknowledged; the same delivery again is acknowledged and changes nothing */
        post: operations["receiveHook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/unread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Deliveries that the connector did not understand, newest first, each with the reason. Nothing for whoever may not see what is unassigned */
        get: operations["listUnreadDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Polls, backfills and replays, newest first. Polls that brought nothing are not kept */
        get: operations["listRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One run */
        get: operations["getRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{name}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read the source of a flow now (poll), or again over a range (backfill) */
        post: operations["startRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop a poll or a backfill after the page under way */
        post: operations["cancelRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Usage events: newest received first, or, of a subject, newest used first. A page may hold fewer than asked for while `next` goes on */
        get: operations["listUsageEvents"];
        put?: never;
        /** Usage events as CloudEvents 1.0: one (structured, or binary with `ce-` headers and any content type), a batch of up to 1,000, or any number as NDJSON. Answered after COMMIT; the same event again is a duplicate, other content under its source and id is 409 */
        post: operations["sendUsage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A usage event with its chain of corrections, its duplicates and conflicts, and the commit that brought it */
        get: operations["getUsageEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Correct or cancel a usage event: a row of its own that takes the effect of the other away. The first stays as it is */
        post: operations["correctUsage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/conflicts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Usage events that came under a source and id that have other content, newest first */
        get: operations["listUsageConflicts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/event-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Types of usage events with their newest version, by name */
        get: operations["listUsageEventTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/event-types/{type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A type of usage events with all its versions, newest first, each beside the one before it */
        get: operations["getUsageEventType"];
        /** Save the schema of a type as a new version, which events are checked by from now on. The same again makes no version */
        put: operations["putUsageEventType"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/streams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Streams that feed the usage ledger: how far each has been read, how much lies behind, and what keeps it */
        get: operations["listUsageStreams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/refusals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records of streams that cannot go into the usage ledger, newest first; they are kept, and the stream goes on */
        get: operations["listUsageRefusals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/refusals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A refused record as it came */
        get: operations["getUsageRefusal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/refusals/{id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what became of a refused record. It stays as it is; the first answer counts */
        post: operations["answerUsageRefusal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/meters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Meters, with their active version */
        get: operations["listMeters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/meters/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One meter with its file and its versions */
        get: operations["getMeter"];
        /** Save a version of a meter. Every problem is told at once */
        put: operations["putMeter"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/meters/{name}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a version the active one: open periods are counted anew by it, sealed ones stay as they are */
        post: operations["activateMeter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/meters/{name}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a version would make of past events, beside the active one. Nothing is saved; the newest 200,000 events at most are read */
        post: operations["previewMeter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/summaries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Usage by customer, meter and period, newest period first */
        get: operations["listSummaries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/summaries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One summary, with the documents that were made of it */
        get: operations["getSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/summaries/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The exact events of a summary, in the order of the ledger */
        get: operations["listSummaryEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/summaries/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count and sum the events of a summary again, and make its digest again */
        get: operations["verifySummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/periods/{period}/seal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Seal a period: its summaries are fixed and go into the hub, with what came too late for earlier ones. With `dryRun` a preview */
        post: operations["sealPeriod"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/seals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Seals of periods, newest period first, at most 200 */
        get: operations["listSeals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/adjustments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What came too late for a sealed period and waits for the next seal, with the documents that it touches; at most 200 */
        get: operations["listPendingAdjustments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/unattributed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Usage that nobody is known to pay for, with what it is worth where the table usage-prices says so. Nothing for whoever may not see what is unassigned */
        get: operations["listUnattributed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/unreadable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events that a meter wants and cannot read: no value, no number, too long. Nothing for whoever may not see what is unassigned */
        get: operations["listUnreadable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/trace/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** From an event to its corrections, the summaries that hold it, and the documents made of them */
        get: operations["traceUsageEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/events/{id}/billing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why is this not billed? The way of an event to a document, and the first thing that stops it */
        get: operations["explainBilling"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/control": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Does the ledger add up? Accepted = ledgered = summarised + unattributed + unused + unreadable + taken back, as far as it was checked; and the lag */
        get: operations["getUsageControl"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When a meter counted something, by the hour or the day: gaps are what is not there. At most 62 days. Nothing for whoever may not see what is unassigned */
        get: operations["getUsageActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Usage of two customers, of two periods, or both, beside each other, with the difference; sealed where it is sealed */
        get: operations["compareUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/events/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Usage events as a file, in the order of the list: CSV, in which no cell is a formula, or JSON Lines. An entry of the audit log */
        get: operations["exportUsageEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/summaries/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Usage by customer, meter and period as a file, in the order of the list. An entry of the audit log */
        get: operations["exportUsageSummaries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connectors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Connectors that are installed */
        get: operations["listConnectors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Connections */
        get: operations["listConnections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One connection */
        get: operations["getConnection"];
        /** Make or change a connection. A secret field that is left out keeps its value */
        put: operations["putConnection"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{name}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try the connection step by step */
        post: operations["checkConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{name}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop calls and polls; webhooks are still taken */
        post: operations["pauseConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{name}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on */
        post: operations["resumeConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{name}/try-now": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the rest of a connection that failed several times, or that asked to slow down: the next call finds out whether it is back */
        post: operations["tryConnectionNow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Flows */
        get: operations["listFlows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One flow with its file */
        get: operations["getFlow"];
        /** Save a flow: a new release goes live, or waits as a draft where the flow names who approves or `draft` asks for it. Every problem is told at once */
        put: operations["putFlow"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check a flow file without saving it */
        post: operations["checkFlow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{name}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Messages keep coming in and wait */
        post: operations["pauseFlow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{name}/drain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What is in goes out; what comes later waits. Paused by itself when nothing moves any more */
        post: operations["drainFlow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{name}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on */
        post: operations["resumeFlow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mappings */
        get: operations["listMappings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mappings/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One mapping, its current source and its versions */
        get: operations["getMapping"];
        /** Save a new version; the flows that use it get a new release: live, or a draft where a flow names who approves or `draft` asks for it. Its golden cases are run first, and a red one stops it */
        put: operations["putMapping"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mappings/{name}/override": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Save a new version although golden cases are red. The reason is an entry of the audit log, with the cases */
        post: operations["overrideMapping"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mappings/evaluate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a mapping on a sample in the engine, with the tables as they are; nothing is stored or sent */
        post: operations["evaluateMapping"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mappings/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check a mapping without running it */
        post: operations["checkMapping"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mappings/{name}/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fields of the newest recorded payloads that a mapping reads, with types, how often they are filled, and an example; and the schemas around it */
        get: operations["listMappingFields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mappings/{name}/samples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Recorded records that this mapping translated, newest first */
        get: operations["listSamples"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tables */
        get: operations["listTables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tables/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One table */
        get: operations["getTable"];
        /** Make a table or change its columns; rows stay. May bring its first rows */
        put: operations["putTable"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tables/{name}/snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rows that a mapping sees: of the version as it is, of every day. None where there are more than 5,000 */
        get: operations["getTableSnapshot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tables/{name}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rows valid on a day, or all with their history */
        get: operations["listTableRows"];
        /** Write rows from CSV: a header of key columns, value columns, validFrom, validTo */
        put: operations["importTableRows"];
        /** Write rows. An older row of the same key ends the day before the new one begins; nothing is overwritten */
        post: operations["changeTableRows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/packs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Integrations that can be installed */
        get: operations["listPacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/packs/{name}/install": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write the mappings, tables, flows and controls of a pack. Tables that exist keep their rows */
        post: operations["installPack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{name}/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a consent at the vendor: the browser goes to the address. It is good for ten minutes, for this session and once */
        post: operations["beginConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End it with what the vendor sent back; the connection keeps its refresh token, sealed */
        post: operations["finishConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{name}/approver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Who approves a release of the flow from now on; null for nobody. Releases that nobody of that role approved are drafts again */
        put: operations["governFlow"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{name}/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Releases of a flow, newest first: who made and approved them, since when they are live, and how many of their messages stopped */
        get: operations["listReleases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{name}/release-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to the releases of a flow, newest first; nothing of it is ever rewritten */
        get: operations["listReleaseEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/releases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One release beside the one that is live: files, mappings, evidence, history */
        get: operations["getRelease"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/releases/{id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for the approval of exactly what was shown, with the sums of a comparison as evidence; where the flow names no approver it is approved at once */
        post: operations["submitRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/releases/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give up a release that is not live */
        post: operations["withdrawRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/releases/{id}/share": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give an approved release a part of new messages, by percent or by legal entity; again, to change the part */
        post: operations["shareRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/releases/{id}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make an approved release the live one: every new message comes under it */
        post: operations["makeReleaseLive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/releases/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the shadow or the share of a release: every new message comes under the live one */
        post: operations["stopRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{name}/roll-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make an earlier release live again, in one act. What was posted stays posted; nothing of the history is rewritten */
        post: operations["rollBackFlow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mappings/{name}/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Golden cases of a mapping, with their samples */
        get: operations["listCases"];
        put?: never;
        /** Make a golden case: of a recorded message, whose record is copied, or of a sample of your own */
        post: operations["makeCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mappings/{name}/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Name a golden case anew, or expect something else of its sample, which stays. What is expected changes with a reason */
        put: operations["changeCase"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mappings/{name}/cases/{id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a golden case away */
        post: operations["removeCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mappings/{name}/cases/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run the golden cases of a mapping in the engine, with the mapping as it is saved or with another text; nothing is stored or sent */
        post: operations["runCases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mappings/{name}/cases/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take over the cases that a pack brings for a mapping; those whose names are there stay as they are */
        post: operations["importCases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tables/{name}/approver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Who approves a change of rows from now on; null for nobody. Drafts that wait for an approval go back to their authors */
        put: operations["governTable"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tables/{name}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rows of a day as CSV that can be imported again, in which no cell is a formula; at most 100,000. An entry of the audit log */
        get: operations["exportTable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tables/{name}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions of a table, newest first: who, when, why, by which draft */
        get: operations["listTableVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tables/{name}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What one version did to the rows */
        get: operations["getTableVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/table-drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Drafts of tables, newest first */
        get: operations["listTableDrafts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tables/{name}/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a change set of a table: nothing is live before it is published. As JSON by row, or as CSV */
        post: operations["makeTableDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/table-drafts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A draft: what it would change now, cell by cell, with every problem */
        get: operations["getTableDraft"];
        /** Say more in an open draft, or take something out of it; of two changes of one row the later stands */
        put: operations["changeTableDraft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/table-drafts/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Put the rows of a CSV file in the place of all changes of an open draft */
        put: operations["importTableDraft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/table-drafts/{id}/rebase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an open draft to the version of the table that you have seen */
        post: operations["rebaseTableDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/table-drafts/{id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for the approval of exactly what was shown; where the table needs none, publish it */
        post: operations["submitTableDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/table-drafts/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a submitted draft back, to change it; its approval is void */
        post: operations["reopenTableDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/table-drafts/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a draft without publishing it */
        post: operations["withdrawTableDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/table-drafts/{id}/impact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a draft does to what was recorded: exceptions that it clears, and outputs that it changes, tried with its rows. Nothing is stored or sent */
        get: operations["getDraftImpact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schemas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Schemas: canonical types and what connectors declare, with how many flows and mappings use them */
        get: operations["listSchemas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schemas/{kind}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One JSON Schema */
        get: operations["getSchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schemas/{kind}/{name}/consumers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The flows whose records or outputs are checked by a schema, with their mappings */
        get: operations["listSchemaConsumers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schemas/{kind}/{name}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The versions of a schema, newest first, each beside the one before it */
        get: operations["listSchemaVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/canonical/{type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Canonical objects of a type, newest change first */
        get: operations["listCanonical"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/canonical/{type}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A canonical object with its versions and where each was posted */
        get: operations["getCanonical"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who am I */
        get: operations["getSession"];
        put?: never;
        /** Sign in; the answer sets the session cookie */
        post: operations["signIn"];
        /** End this session */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change my password; all my sessions end, the answer sets the cookie of a new one */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/ways": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How one can sign in here */
        get: operations["getSignInWays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/provider/begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a sign-in through the OpenID Connect provider: the browser goes to the address */
        post: operations["beginProviderSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/provider": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End it with what the provider sent back; the answer sets the session cookie */
        post: operations["finishProviderSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a link to choose a new password; the answer is the same for an address that is not known */
        post: operations["requestReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whom an invitation or a reset is for */
        post: operations["readLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/link/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Choose a password by an invitation or a reset; all sessions of the user end */
        post: operations["useLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My sessions */
        get: operations["listMySessions"];
        put?: never;
        post?: never;
        /** End all my sessions but this one */
        delete: operations["endMyOtherSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/all/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of my sessions */
        delete: operations["endMySession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My second factor */
        get: operations["getSecondFactor"];
        put?: never;
        /** Begin: a secret for the authenticator app, in force once a code of it has been confirmed */
        post: operations["beginSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/second-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm with a code of the app; my other sessions end */
        post: operations["confirmSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/second-factor/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** New recovery codes; the old ones are void */
        post: operations["renewRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/second-factor/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in without a second factor from now on; my other sessions end */
        post: operations["removeSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sessions of everybody */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a session at once */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Users */
        get: operations["listUsers"];
        put?: never;
        /** Make a user with a first password */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change roles, disable or enable; ends the sessions of the user */
        put: operations["changeUser"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Invite somebody, who chooses the password by a link */
        post: operations["inviteUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{id}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Invite again, or let the user choose a new password; the link before is void */
        post: operations["renewUserLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{id}/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take the second factor from a user who has lost it; ends the sessions of the user */
        delete: operations["resetSecondFactor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Roles and what each may do, as sentences */
        get: operations["listRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** API keys */
        get: operations["listApiKeys"];
        put?: never;
        /** Make a key; its value is shown once, now */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a key at once */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a successor with the same rights, shown once, now; the old key lives until the given time */
        post: operations["rotateApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Service accounts */
        get: operations["listServiceAccounts"];
        put?: never;
        /** Make a service account: a name for a program, and what its keys may do at most */
        post: operations["createServiceAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change what its keys may do, disable or enable; in force at the next request */
        put: operations["changeServiceAccount"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, newest first */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the audit log is sealed, and where its seals are kept outside */
        get: operations["getAuditStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit log as a file, for `waybill verify-audit`. JSONL has proofs and ends with a signed manifest; the manifest of a CSV is read by the id in the header X-Waybill-Export */
        get: operations["exportAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/exports/{id}/manifest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed manifest of an export that ended */
        get: operations["getAuditManifest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Approvals, open ones first */
        get: operations["listApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One approval with the versions it binds, beside the last version of the document that was posted */
        get: operations["getApproval"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve exactly what was shown */
        post: operations["approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reject; the message becomes an exception */
        post: operations["reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Views of lists: my own and those that are shared, by name */
        get: operations["listViews"];
        put?: never;
        /** Keep a view of a list, for oneself */
        post: operations["makeView"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a view: my own, or a shared one with `view.share` */
        put: operations["changeView"];
        post?: never;
        /** Remove a view: my own, or a shared one with `view.share` */
        delete: operations["removeView"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/views/{id}/share": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a view to everybody, or take it back for whoever made it */
        post: operations["shareView"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            type: string;
            title: string;
            status: number;
            /** @description UPPER_SNAKE code of the error catalogue */
            code: string;
            /** @description One sentence: the field and the values that clash */
            detail: string;
            /** @description Where in the input, as a JSON pointer */
            path?: string;
            /** @description What to do about it */
            remedy?: string;
            /** @description Every problem, when the input has several */
            problems?: {
                code: string;
                path?: string;
                detail: string;
                remedy?: string;
                line?: number;
            }[];
            requestId?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    trace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `document`: a canonical object; `number`: any number that people read, of a document in its source or in a target, of a journal entry or of one of its lines */
                kind: "usage-event" | "usage-summary" | "document" | "message" | "number";
                /** @description The id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        asked: {
                            kind: string;
                            id: string;
                        };
                        /** @description The nodes that were asked for */
                        roots: string[];
                        /** @description In the order of the trip: usage first. At most 150 */
                        nodes: {
                            /** @description An event, a summary, a canonical object, or the message of a delivery; of folded usage its place in the document, of a journal entry and its lines their place behind the delivery */
                            id: string;
                            /** @description `usage` is folded: all summaries that one document bills; `delivery`: a document on its way to a target; `entry`: the journal entry by which the ERP booked it; `entry-lines`: its lines that book one thing */
                            kind: "usage-event" | "usage-summary" | "usage" | "document" | "delivery" | "entry" | "entry-lines";
                            /** @description The type of an event or a document, the meter of usage, the flow of a delivery, the ledger of a journal entry, what its lines book: customer, revenue, tax, money or other */
                            of: string;
                            title: string;
                            detail: string | null;
                            state: string | null;
                            at: string | null;
                            until: string | null;
                            quantity: {
                                /** @description Decimal text: the quantity */
                                value: string;
                                unit: string | null;
                            } | null;
                            amount: {
                                /** @description Decimal text */
                                amount: string;
                                /** @description ISO 4217 */
                                currency: string;
                            } | null;
                            events: number | null;
                            summaries: number | null;
                            lines: {
                                /** @description Id in the ERP */
                                id: string;
                                account: string;
                                name: string | null;
                                /** @description Decimal text: in the currency of the books */
                                debit: string;
                                /** @description Decimal text: in the currency of the books */
                                credit: string;
                                /** @description Of the books */
                                currency: string;
                            }[] | null;
                            linesLeft: number | null;
                            /** @description Part of a synthetic transaction: it is in no total */
                            synthetic: boolean;
                            noEntry: string | null;
                        }[];
                        edges: {
                            /** @description Id of a node */
                            from: string;
                            /** @description Id of a node */
                            to: string;
                            /** @description Read from `from` to `to` */
                            relation: "corrected-by" | "counted-in" | "adds-to" | "reported-as" | "billed-by" | "posted-as" | "paid-by" | "credited-by" | "booked-as" | "made-of";
                            check: {
                                /** @description What must be the same at both ends */
                                what: "quantity" | "amount";
                                /** @description Decimal text: what goes in */
                                in: string;
                                /** @description Decimal text: what comes out */
                                out: string;
                                /** @description Decimal text: `out` less `in` */
                                difference: string;
                                ok: boolean;
                                because: string | null;
                            } | null;
                        }[];
                        /** @description Edges whose sum does not hold */
                        breaks: number;
                        /** @description Nodes for which there was no room */
                        left: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listControls: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The control
                             * @example stripe-invoices
                             */
                            name: string;
                            version: number;
                            state: "on" | "paused";
                            description: string;
                            compare: "invoice" | "credit-memo" | "payment" | "usage";
                            legalEntity: string;
                            /** @description The ERP that is read back; of usage the billing platform */
                            connection: string;
                            daily: {
                                at: string;
                                timeZone: string;
                                months: number;
                            };
                            /**
                             * Format: date-time
                             * @description When this version was saved
                             */
                            createdAt: string;
                            createdBy: string;
                            newest: {
                                /**
                                 * @description The run
                                 * @example ctr_01jd8x6m2dfk6t6s9vj0h0qk3w
                                 */
                                id: string;
                                /**
                                 * @description The control
                                 * @example stripe-invoices
                                 */
                                control: string;
                                /** @description Version of the control that ran */
                                version: number;
                                /**
                                 * @description A month
                                 * @example 2026-10
                                 */
                                period: string;
                                /**
                                 * Format: date
                                 * @description First day of the period
                                 */
                                starts: string;
                                /**
                                 * Format: date
                                 * @description Last day of the period
                                 */
                                ends: string;
                                /**
                                 * Format: date
                                 * @description The day it ran for, in the time zone of the control
                                 */
                                day: string;
                                legalEntity: string;
                                kind: "daily" | "demand";
                                state: "running" | "done" | "failed";
                                startedBy: string;
                                /**
                                 * Format: date-time
                                 * @description When
                                 */
                                startedAt: string;
                                endedAt: string | null;
                                erpCutOff: string | null;
                                billingCutOff: string | null;
                                ledgerCutOff: string | null;
                                /** @description Documents, or summaries of usage, that are the same on both sides */
                                matched: number;
                                /** @description Differences that the engine cannot explain by itself */
                                gaps: number;
                                /** @description Of these, those that nobody has accepted */
                                openGaps: number;
                                /** @description Of these, changes that somebody made in the ERP after posting */
                                drift: number;
                                /** @description Gaps beyond the number that a run keeps; they are in the sums */
                                gapsLeft: number;
                                /** @description The copies of both sides are still there */
                                rowsKept: boolean;
                                error: string | null;
                            } | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getControlBoard: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The run
                             * @example ctr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            /**
                             * @description The control
                             * @example stripe-invoices
                             */
                            control: string;
                            /** @description Version of the control that ran */
                            version: number;
                            /**
                             * @description A month
                             * @example 2026-10
                             */
                            period: string;
                            /**
                             * Format: date
                             * @description First day of the period
                             */
                            starts: string;
                            /**
                             * Format: date
                             * @description Last day of the period
                             */
                            ends: string;
                            /**
                             * Format: date
                             * @description The day it ran for, in the time zone of the control
                             */
                            day: string;
                            legalEntity: string;
                            kind: "daily" | "demand";
                            state: "running" | "done" | "failed";
                            startedBy: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            startedAt: string;
                            endedAt: string | null;
                            erpCutOff: string | null;
                            billingCutOff: string | null;
                            ledgerCutOff: string | null;
                            /** @description Documents, or summaries of usage, that are the same on both sides */
                            matched: number;
                            /** @description Differences that the engine cannot explain by itself */
                            gaps: number;
                            /** @description Of these, those that nobody has accepted */
                            openGaps: number;
                            /** @description Of these, changes that somebody made in the ERP after posting */
                            drift: number;
                            /** @description Gaps beyond the number that a run keeps; they are in the sums */
                            gapsLeft: number;
                            /** @description The copies of both sides are still there */
                            rowsKept: boolean;
                            error: string | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getControl: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The control */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The control
                         * @example stripe-invoices
                         */
                        name: string;
                        version: number;
                        state: "on" | "paused";
                        description: string;
                        compare: "invoice" | "credit-memo" | "payment" | "usage";
                        legalEntity: string;
                        /** @description The ERP that is read back; of usage the billing platform */
                        connection: string;
                        daily: {
                            at: string;
                            timeZone: string;
                            months: number;
                        };
                        /**
                         * Format: date-time
                         * @description When this version was saved
                         */
                        createdAt: string;
                        createdBy: string;
                        newest: {
                            /**
                             * @description The run
                             * @example ctr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            /**
                             * @description The control
                             * @example stripe-invoices
                             */
                            control: string;
                            /** @description Version of the control that ran */
                            version: number;
                            /**
                             * @description A month
                             * @example 2026-10
                             */
                            period: string;
                            /**
                             * Format: date
                             * @description First day of the period
                             */
                            starts: string;
                            /**
                             * Format: date
                             * @description Last day of the period
                             */
                            ends: string;
                            /**
                             * Format: date
                             * @description The day it ran for, in the time zone of the control
                             */
                            day: string;
                            legalEntity: string;
                            kind: "daily" | "demand";
                            state: "running" | "done" | "failed";
                            startedBy: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            startedAt: string;
                            endedAt: string | null;
                            erpCutOff: string | null;
                            billingCutOff: string | null;
                            ledgerCutOff: string | null;
                            /** @description Documents, or summaries of usage, that are the same on both sides */
                            matched: number;
                            /** @description Differences that the engine cannot explain by itself */
                            gaps: number;
                            /** @description Of these, those that nobody has accepted */
                            openGaps: number;
                            /** @description Of these, changes that somebody made in the ERP after posting */
                            drift: number;
                            /** @description Gaps beyond the number that a run keeps; they are in the sums */
                            gapsLeft: number;
                            /** @description The copies of both sides are still there */
                            rowsKept: boolean;
                            error: string | null;
                        } | null;
                        yaml: string;
                        /** @description Any JSON value */
                        definition: unknown;
                        note: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putControl: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The control */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    yaml: string;
                    note?: string;
                };
                "application/yaml": string;
                "text/yaml": string;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The control
                         * @example stripe-invoices
                         */
                        name: string;
                        version: number;
                        state: "on" | "paused";
                        description: string;
                        compare: "invoice" | "credit-memo" | "payment" | "usage";
                        legalEntity: string;
                        /** @description The ERP that is read back; of usage the billing platform */
                        connection: string;
                        daily: {
                            at: string;
                            timeZone: string;
                            months: number;
                        };
                        /**
                         * Format: date-time
                         * @description When this version was saved
                         */
                        createdAt: string;
                        createdBy: string;
                        newest: {
                            /**
                             * @description The run
                             * @example ctr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            /**
                             * @description The control
                             * @example stripe-invoices
                             */
                            control: string;
                            /** @description Version of the control that ran */
                            version: number;
                            /**
                             * @description A month
                             * @example 2026-10
                             */
                            period: string;
                            /**
                             * Format: date
                             * @description First day of the period
                             */
                            starts: string;
                            /**
                             * Format: date
                             * @description Last day of the period
                             */
                            ends: string;
                            /**
                             * Format: date
                             * @description The day it ran for, in the time zone of the control
                             */
                            day: string;
                            legalEntity: string;
                            kind: "daily" | "demand";
                            state: "running" | "done" | "failed";
                            startedBy: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            startedAt: string;
                            endedAt: string | null;
                            erpCutOff: string | null;
                            billingCutOff: string | null;
                            ledgerCutOff: string | null;
                            /** @description Documents, or summaries of usage, that are the same on both sides */
                            matched: number;
                            /** @description Differences that the engine cannot explain by itself */
                            gaps: number;
                            /** @description Of these, those that nobody has accepted */
                            openGaps: number;
                            /** @description Of these, changes that somebody made in the ERP after posting */
                            drift: number;
                            /** @description Gaps beyond the number that a run keeps; they are in the sums */
                            gapsLeft: number;
                            /** @description The copies of both sides are still there */
                            rowsKept: boolean;
                            error: string | null;
                        } | null;
                        yaml: string;
                        /** @description Any JSON value */
                        definition: unknown;
                        note: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseControl: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The control */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The control
                         * @example stripe-invoices
                         */
                        name: string;
                        version: number;
                        state: "on" | "paused";
                        description: string;
                        compare: "invoice" | "credit-memo" | "payment" | "usage";
                        legalEntity: string;
                        /** @description The ERP that is read back; of usage the billing platform */
                        connection: string;
                        daily: {
                            at: string;
                            timeZone: string;
                            months: number;
                        };
                        /**
                         * Format: date-time
                         * @description When this version was saved
                         */
                        createdAt: string;
                        createdBy: string;
                        newest: {
                            /**
                             * @description The run
                             * @example ctr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            /**
                             * @description The control
                             * @example stripe-invoices
                             */
                            control: string;
                            /** @description Version of the control that ran */
                            version: number;
                            /**
                             * @description A month
                             * @example 2026-10
                             */
                            period: string;
                            /**
                             * Format: date
                             * @description First day of the period
                             */
                            starts: string;
                            /**
                             * Format: date
                             * @description Last day of the period
                             */
                            ends: string;
                            /**
                             * Format: date
                             * @description The day it ran for, in the time zone of the control
                             */
                            day: string;
                            legalEntity: string;
                            kind: "daily" | "demand";
                            state: "running" | "done" | "failed";
                            startedBy: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            startedAt: string;
                            endedAt: string | null;
                            erpCutOff: string | null;
                            billingCutOff: string | null;
                            ledgerCutOff: string | null;
                            /** @description Documents, or summaries of usage, that are the same on both sides */
                            matched: number;
                            /** @description Differences that the engine cannot explain by itself */
                            gaps: number;
                            /** @description Of these, those that nobody has accepted */
                            openGaps: number;
                            /** @description Of these, changes that somebody made in the ERP after posting */
                            drift: number;
                            /** @description Gaps beyond the number that a run keeps; they are in the sums */
                            gapsLeft: number;
                            /** @description The copies of both sides are still there */
                            rowsKept: boolean;
                            error: string | null;
                        } | null;
                        yaml: string;
                        /** @description Any JSON value */
                        definition: unknown;
                        note: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeControl: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The control */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The control
                         * @example stripe-invoices
                         */
                        name: string;
                        version: number;
                        state: "on" | "paused";
                        description: string;
                        compare: "invoice" | "credit-memo" | "payment" | "usage";
                        legalEntity: string;
                        /** @description The ERP that is read back; of usage the billing platform */
                        connection: string;
                        daily: {
                            at: string;
                            timeZone: string;
                            months: number;
                        };
                        /**
                         * Format: date-time
                         * @description When this version was saved
                         */
                        createdAt: string;
                        createdBy: string;
                        newest: {
                            /**
                             * @description The run
                             * @example ctr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            /**
                             * @description The control
                             * @example stripe-invoices
                             */
                            control: string;
                            /** @description Version of the control that ran */
                            version: number;
                            /**
                             * @description A month
                             * @example 2026-10
                             */
                            period: string;
                            /**
                             * Format: date
                             * @description First day of the period
                             */
                            starts: string;
                            /**
                             * Format: date
                             * @description Last day of the period
                             */
                            ends: string;
                            /**
                             * Format: date
                             * @description The day it ran for, in the time zone of the control
                             */
                            day: string;
                            legalEntity: string;
                            kind: "daily" | "demand";
                            state: "running" | "done" | "failed";
                            startedBy: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            startedAt: string;
                            endedAt: string | null;
                            erpCutOff: string | null;
                            billingCutOff: string | null;
                            ledgerCutOff: string | null;
                            /** @description Documents, or summaries of usage, that are the same on both sides */
                            matched: number;
                            /** @description Differences that the engine cannot explain by itself */
                            gaps: number;
                            /** @description Of these, those that nobody has accepted */
                            openGaps: number;
                            /** @description Of these, changes that somebody made in the ERP after posting */
                            drift: number;
                            /** @description Gaps beyond the number that a run keeps; they are in the sums */
                            gapsLeft: number;
                            /** @description The copies of both sides are still there */
                            rowsKept: boolean;
                            error: string | null;
                        } | null;
                        yaml: string;
                        /** @description Any JSON value */
                        definition: unknown;
                        note: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startControlRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The control */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description A month
                     * @example 2026-10
                     */
                    period?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The run
                         * @example ctr_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The control
                         * @example stripe-invoices
                         */
                        control: string;
                        /** @description Version of the control that ran */
                        version: number;
                        /**
                         * @description A month
                         * @example 2026-10
                         */
                        period: string;
                        /**
                         * Format: date
                         * @description First day of the period
                         */
                        starts: string;
                        /**
                         * Format: date
                         * @description Last day of the period
                         */
                        ends: string;
                        /**
                         * Format: date
                         * @description The day it ran for, in the time zone of the control
                         */
                        day: string;
                        legalEntity: string;
                        kind: "daily" | "demand";
                        state: "running" | "done" | "failed";
                        startedBy: string;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        startedAt: string;
                        endedAt: string | null;
                        erpCutOff: string | null;
                        billingCutOff: string | null;
                        ledgerCutOff: string | null;
                        /** @description Documents, or summaries of usage, that are the same on both sides */
                        matched: number;
                        /** @description Differences that the engine cannot explain by itself */
                        gaps: number;
                        /** @description Of these, those that nobody has accepted */
                        openGaps: number;
                        /** @description Of these, changes that somebody made in the ERP after posting */
                        drift: number;
                        /** @description Gaps beyond the number that a run keeps; they are in the sums */
                        gapsLeft: number;
                        /** @description The copies of both sides are still there */
                        rowsKept: boolean;
                        error: string | null;
                        totals: {
                            legalEntity: string;
                            currency: string;
                            /** @description Documents of billing */
                            billingRows: number;
                            /** @description Documents of the ERP */
                            erpRows: number;
                            /** @description Decimal text: sum of billing */
                            billing: string;
                            /** @description Decimal text: sum of the ERP */
                            erp: string;
                            /** @description Decimal text: `erp` less `billing`; the bars sum to it */
                            difference: string;
                            /** @description Decimal text: tax of billing */
                            billingTax: string;
                            /** @description Decimal text: tax of the ERP */
                            erpTax: string;
                        }[];
                        /** @description What leads from the sum of billing to that of the ERP */
                        bars: {
                            legalEntity: string;
                            currency: string;
                            kind: "missing-in-erp" | "missing-in-billing" | "missing-in-ledger" | "amount" | "tax" | "date" | "currency" | "quantity" | "duplicate" | "counted-twice" | "voided" | "not-voided" | "timing" | "left-out" | "taken-back" | "rounding";
                            /** @description Gaps */
                            gaps: number;
                            /** @description Decimal text: what they add to the difference */
                            amount: string;
                        }[];
                        /** @description Of a control of usage. Quantities have the unit of their meter; they are in no sum of money, and in no other meter’s */
                        quantities: {
                            legalEntity: string;
                            /**
                             * @description The meter
                             * @example stripe-invoices
                             */
                            meter: string;
                            unit: string | null;
                            /** @description Sealed summaries */
                            summaries: number;
                            /** @description Customers and days on which billing counts something */
                            countedDays: number;
                            /** @description Decimal text: sum of the summaries */
                            ledger: string;
                            /** @description Decimal text: sum of what billing counts */
                            billing: string;
                            /** @description Decimal text: `billing` less `ledger`; the bars sum to it */
                            difference: string;
                        }[];
                        /** @description What leads from the sum of the ledger to that of billing */
                        quantityBars: {
                            legalEntity: string;
                            /**
                             * @description The meter
                             * @example stripe-invoices
                             */
                            meter: string;
                            kind: "missing-in-erp" | "missing-in-billing" | "missing-in-ledger" | "amount" | "tax" | "date" | "currency" | "quantity" | "duplicate" | "counted-twice" | "voided" | "not-voided" | "timing" | "left-out" | "taken-back" | "rounding";
                            /** @description Gaps */
                            gaps: number;
                            /** @description Decimal text: what they add to the difference */
                            quantity: string;
                        }[];
                        contentHash: string | null;
                        /** @description Of this control and period, newest first */
                        checkpoints: {
                            /**
                             * @description The checkpoint
                             * @example chk_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            /**
                             * @description The control
                             * @example stripe-invoices
                             */
                            control: string;
                            /**
                             * @description A month
                             * @example 2026-10
                             */
                            period: string;
                            /**
                             * @description The run that was signed
                             * @example ctr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            runId: string;
                            state: "prepared" | "locked" | "reopened" | "void";
                            /** @description Hash of what was signed: sums, bars, gaps and what was said to them */
                            contentHash: string;
                            comment: string | null;
                            preparedBy: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            preparedAt: string;
                            reviewedBy: string | null;
                            reviewedAt: string | null;
                            reviewComment: string | null;
                            reopenedBy: string | null;
                            reopenedAt: string | null;
                            reopenReason: string | null;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listControlRuns: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description The control */
                control?: string;
                /** @description A month */
                period?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The run
                             * @example ctr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            /**
                             * @description The control
                             * @example stripe-invoices
                             */
                            control: string;
                            /** @description Version of the control that ran */
                            version: number;
                            /**
                             * @description A month
                             * @example 2026-10
                             */
                            period: string;
                            /**
                             * Format: date
                             * @description First day of the period
                             */
                            starts: string;
                            /**
                             * Format: date
                             * @description Last day of the period
                             */
                            ends: string;
                            /**
                             * Format: date
                             * @description The day it ran for, in the time zone of the control
                             */
                            day: string;
                            legalEntity: string;
                            kind: "daily" | "demand";
                            state: "running" | "done" | "failed";
                            startedBy: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            startedAt: string;
                            endedAt: string | null;
                            erpCutOff: string | null;
                            billingCutOff: string | null;
                            ledgerCutOff: string | null;
                            /** @description Documents, or summaries of usage, that are the same on both sides */
                            matched: number;
                            /** @description Differences that the engine cannot explain by itself */
                            gaps: number;
                            /** @description Of these, those that nobody has accepted */
                            openGaps: number;
                            /** @description Of these, changes that somebody made in the ERP after posting */
                            drift: number;
                            /** @description Gaps beyond the number that a run keeps; they are in the sums */
                            gapsLeft: number;
                            /** @description The copies of both sides are still there */
                            rowsKept: boolean;
                            error: string | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getControlRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The run */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The run
                         * @example ctr_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The control
                         * @example stripe-invoices
                         */
                        control: string;
                        /** @description Version of the control that ran */
                        version: number;
                        /**
                         * @description A month
                         * @example 2026-10
                         */
                        period: string;
                        /**
                         * Format: date
                         * @description First day of the period
                         */
                        starts: string;
                        /**
                         * Format: date
                         * @description Last day of the period
                         */
                        ends: string;
                        /**
                         * Format: date
                         * @description The day it ran for, in the time zone of the control
                         */
                        day: string;
                        legalEntity: string;
                        kind: "daily" | "demand";
                        state: "running" | "done" | "failed";
                        startedBy: string;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        startedAt: string;
                        endedAt: string | null;
                        erpCutOff: string | null;
                        billingCutOff: string | null;
                        ledgerCutOff: string | null;
                        /** @description Documents, or summaries of usage, that are the same on both sides */
                        matched: number;
                        /** @description Differences that the engine cannot explain by itself */
                        gaps: number;
                        /** @description Of these, those that nobody has accepted */
                        openGaps: number;
                        /** @description Of these, changes that somebody made in the ERP after posting */
                        drift: number;
                        /** @description Gaps beyond the number that a run keeps; they are in the sums */
                        gapsLeft: number;
                        /** @description The copies of both sides are still there */
                        rowsKept: boolean;
                        error: string | null;
                        totals: {
                            legalEntity: string;
                            currency: string;
                            /** @description Documents of billing */
                            billingRows: number;
                            /** @description Documents of the ERP */
                            erpRows: number;
                            /** @description Decimal text: sum of billing */
                            billing: string;
                            /** @description Decimal text: sum of the ERP */
                            erp: string;
                            /** @description Decimal text: `erp` less `billing`; the bars sum to it */
                            difference: string;
                            /** @description Decimal text: tax of billing */
                            billingTax: string;
                            /** @description Decimal text: tax of the ERP */
                            erpTax: string;
                        }[];
                        /** @description What leads from the sum of billing to that of the ERP */
                        bars: {
                            legalEntity: string;
                            currency: string;
                            kind: "missing-in-erp" | "missing-in-billing" | "missing-in-ledger" | "amount" | "tax" | "date" | "currency" | "quantity" | "duplicate" | "counted-twice" | "voided" | "not-voided" | "timing" | "left-out" | "taken-back" | "rounding";
                            /** @description Gaps */
                            gaps: number;
                            /** @description Decimal text: what they add to the difference */
                            amount: string;
                        }[];
                        /** @description Of a control of usage. Quantities have the unit of their meter; they are in no sum of money, and in no other meter’s */
                        quantities: {
                            legalEntity: string;
                            /**
                             * @description The meter
                             * @example stripe-invoices
                             */
                            meter: string;
                            unit: string | null;
                            /** @description Sealed summaries */
                            summaries: number;
                            /** @description Customers and days on which billing counts something */
                            countedDays: number;
                            /** @description Decimal text: sum of the summaries */
                            ledger: string;
                            /** @description Decimal text: sum of what billing counts */
                            billing: string;
                            /** @description Decimal text: `billing` less `ledger`; the bars sum to it */
                            difference: string;
                        }[];
                        /** @description What leads from the sum of the ledger to that of billing */
                        quantityBars: {
                            legalEntity: string;
                            /**
                             * @description The meter
                             * @example stripe-invoices
                             */
                            meter: string;
                            kind: "missing-in-erp" | "missing-in-billing" | "missing-in-ledger" | "amount" | "tax" | "date" | "currency" | "quantity" | "duplicate" | "counted-twice" | "voided" | "not-voided" | "timing" | "left-out" | "taken-back" | "rounding";
                            /** @description Gaps */
                            gaps: number;
                            /** @description Decimal text: what they add to the difference */
                            quantity: string;
                        }[];
                        contentHash: string | null;
                        /** @description Of this control and period, newest first */
                        checkpoints: {
                            /**
                             * @description The checkpoint
                             * @example chk_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            /**
                             * @description The control
                             * @example stripe-invoices
                             */
                            control: string;
                            /**
                             * @description A month
                             * @example 2026-10
                             */
                            period: string;
                            /**
                             * @description The run that was signed
                             * @example ctr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            runId: string;
                            state: "prepared" | "locked" | "reopened" | "void";
                            /** @description Hash of what was signed: sums, bars, gaps and what was said to them */
                            contentHash: string;
                            comment: string | null;
                            preparedBy: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            preparedAt: string;
                            reviewedBy: string | null;
                            reviewedAt: string | null;
                            reviewComment: string | null;
                            reopenedBy: string | null;
                            reopenedAt: string | null;
                            reopenReason: string | null;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listGaps: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
                kind?: "missing-in-erp" | "missing-in-billing" | "missing-in-ledger" | "amount" | "tax" | "date" | "currency" | "quantity" | "duplicate" | "counted-twice" | "voided" | "not-voided" | "timing" | "left-out" | "taken-back" | "rounding";
                state?: "open" | "settled";
                drift?: boolean;
                currency?: string;
                /** @description The meter */
                meter?: string;
                /** @description A number, an id, or words of the sentence */
                q?: string;
            };
            header?: never;
            path: {
                /** @description The run */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The gap
                             * @example gap_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            /**
                             * @description The run
                             * @example ctr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            runId: string;
                            kind: "missing-in-erp" | "missing-in-billing" | "missing-in-ledger" | "amount" | "tax" | "date" | "currency" | "quantity" | "duplicate" | "counted-twice" | "voided" | "not-voided" | "timing" | "left-out" | "taken-back" | "rounding";
                            /** @description Why, as a word: deleted-in-erp, edited-in-erp, doubled-in-erp, voided-in-erp, stopped, refused, sent-otherwise … */
                            cause: string;
                            /** @description Somebody changed it in the ERP after it was posted */
                            drift: boolean;
                            legalEntity: string;
                            currency: string | null;
                            /** @description Decimal text: what it adds to the ERP less billing, in `currency`; of usage, to billing less the ledger, in `usage.unit` */
                            difference: string;
                            /** @description invoice, credit-memo, payment, refund, usage-summary */
                            type: string;
                            number: string | null;
                            /** @description What is different, and why */
                            sentence: string;
                            /** @description What to do about it; of a document that stopped that of its exception */
                            remedy: string;
                            /** @description The words of its message or exception, as they are now */
                            why: string | null;
                            /** @description What else differs */
                            also: string[];
                            billing: {
                                /** @description Id on that side: of billing the canonical object */
                                id: string;
                                number: string | null;
                                /** @description Decimal text: what it comes to */
                                amount: string;
                                tax: string | null;
                                currency: string;
                                /**
                                 * Format: date
                                 * @description Accounting date
                                 */
                                date: string;
                                state: "live" | "void";
                            } | null;
                            erp: {
                                /** @description Id on that side: of billing the canonical object */
                                id: string;
                                number: string | null;
                                /** @description Decimal text: what it comes to */
                                amount: string;
                                tax: string | null;
                                currency: string;
                                /**
                                 * Format: date
                                 * @description Accounting date
                                 */
                                date: string;
                                state: "live" | "void";
                            } | null;
                            usage: {
                                /**
                                 * @description The meter
                                 * @example stripe-invoices
                                 */
                                meter: string;
                                unit: string | null;
                                /** @description Id of the customer in billing */
                                customer: string;
                                /**
                                 * Format: date
                                 * @description Of UTC: billing counts by these
                                 */
                                day: string;
                                ledger: {
                                    /**
                                     * @description The summary
                                     * @example usm_01jd8x6m2dfk6t6s9vj0h0qk3w
                                     */
                                    summary: string;
                                    kind: "period" | "adjustment";
                                    /** @description Where it is billed */
                                    period: string;
                                    /** @description Decimal text: what it comes to */
                                    quantity: string;
                                    sentQuantity: string | null;
                                } | null;
                                billing: {
                                    /** @description Decimal text: what billing counts on that day */
                                    quantity: string;
                                    /** @description Summaries of that day among it */
                                    summaries: number;
                                } | null;
                            } | null;
                            link: {
                                kind: "message" | "exception" | "document" | "summary";
                                id: string;
                            } | null;
                            /** @description The engine knows why it is right as it is */
                            explained: boolean;
                            accepted: {
                                as: "timing" | "explained";
                                reason: string;
                                by: string;
                                /**
                                 * Format: date-time
                                 * @description When
                                 */
                                at: string;
                            } | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportGaps: {
        parameters: {
            query?: {
                kind?: "missing-in-erp" | "missing-in-billing" | "missing-in-ledger" | "amount" | "tax" | "date" | "currency" | "quantity" | "duplicate" | "counted-twice" | "voided" | "not-voided" | "timing" | "left-out" | "taken-back" | "rounding";
                state?: "open" | "settled";
                drift?: boolean;
                currency?: string;
                /** @description The meter */
                meter?: string;
                /** @description A number, an id, or words of the sentence */
                q?: string;
            };
            header?: never;
            path: {
                /** @description The run */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acceptGap: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The gap */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    as: "timing" | "explained";
                    /** @description Why; it stands in the audit log */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The gap
                         * @example gap_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The run
                         * @example ctr_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        runId: string;
                        kind: "missing-in-erp" | "missing-in-billing" | "missing-in-ledger" | "amount" | "tax" | "date" | "currency" | "quantity" | "duplicate" | "counted-twice" | "voided" | "not-voided" | "timing" | "left-out" | "taken-back" | "rounding";
                        /** @description Why, as a word: deleted-in-erp, edited-in-erp, doubled-in-erp, voided-in-erp, stopped, refused, sent-otherwise … */
                        cause: string;
                        /** @description Somebody changed it in the ERP after it was posted */
                        drift: boolean;
                        legalEntity: string;
                        currency: string | null;
                        /** @description Decimal text: what it adds to the ERP less billing, in `currency`; of usage, to billing less the ledger, in `usage.unit` */
                        difference: string;
                        /** @description invoice, credit-memo, payment, refund, usage-summary */
                        type: string;
                        number: string | null;
                        /** @description What is different, and why */
                        sentence: string;
                        /** @description What to do about it; of a document that stopped that of its exception */
                        remedy: string;
                        /** @description The words of its message or exception, as they are now */
                        why: string | null;
                        /** @description What else differs */
                        also: string[];
                        billing: {
                            /** @description Id on that side: of billing the canonical object */
                            id: string;
                            number: string | null;
                            /** @description Decimal text: what it comes to */
                            amount: string;
                            tax: string | null;
                            currency: string;
                            /**
                             * Format: date
                             * @description Accounting date
                             */
                            date: string;
                            state: "live" | "void";
                        } | null;
                        erp: {
                            /** @description Id on that side: of billing the canonical object */
                            id: string;
                            number: string | null;
                            /** @description Decimal text: what it comes to */
                            amount: string;
                            tax: string | null;
                            currency: string;
                            /**
                             * Format: date
                             * @description Accounting date
                             */
                            date: string;
                            state: "live" | "void";
                        } | null;
                        usage: {
                            /**
                             * @description The meter
                             * @example stripe-invoices
                             */
                            meter: string;
                            unit: string | null;
                            /** @description Id of the customer in billing */
                            customer: string;
                            /**
                             * Format: date
                             * @description Of UTC: billing counts by these
                             */
                            day: string;
                            ledger: {
                                /**
                                 * @description The summary
                                 * @example usm_01jd8x6m2dfk6t6s9vj0h0qk3w
                                 */
                                summary: string;
                                kind: "period" | "adjustment";
                                /** @description Where it is billed */
                                period: string;
                                /** @description Decimal text: what it comes to */
                                quantity: string;
                                sentQuantity: string | null;
                            } | null;
                            billing: {
                                /** @description Decimal text: what billing counts on that day */
                                quantity: string;
                                /** @description Summaries of that day among it */
                                summaries: number;
                            } | null;
                        } | null;
                        link: {
                            kind: "message" | "exception" | "document" | "summary";
                            id: string;
                        } | null;
                        /** @description The engine knows why it is right as it is */
                        explained: boolean;
                        accepted: {
                            as: "timing" | "explained";
                            reason: string;
                            by: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            at: string;
                        } | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawGap: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The gap */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; it stands in the audit log */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The gap
                         * @example gap_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The run
                         * @example ctr_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        runId: string;
                        kind: "missing-in-erp" | "missing-in-billing" | "missing-in-ledger" | "amount" | "tax" | "date" | "currency" | "quantity" | "duplicate" | "counted-twice" | "voided" | "not-voided" | "timing" | "left-out" | "taken-back" | "rounding";
                        /** @description Why, as a word: deleted-in-erp, edited-in-erp, doubled-in-erp, voided-in-erp, stopped, refused, sent-otherwise … */
                        cause: string;
                        /** @description Somebody changed it in the ERP after it was posted */
                        drift: boolean;
                        legalEntity: string;
                        currency: string | null;
                        /** @description Decimal text: what it adds to the ERP less billing, in `currency`; of usage, to billing less the ledger, in `usage.unit` */
                        difference: string;
                        /** @description invoice, credit-memo, payment, refund, usage-summary */
                        type: string;
                        number: string | null;
                        /** @description What is different, and why */
                        sentence: string;
                        /** @description What to do about it; of a document that stopped that of its exception */
                        remedy: string;
                        /** @description The words of its message or exception, as they are now */
                        why: string | null;
                        /** @description What else differs */
                        also: string[];
                        billing: {
                            /** @description Id on that side: of billing the canonical object */
                            id: string;
                            number: string | null;
                            /** @description Decimal text: what it comes to */
                            amount: string;
                            tax: string | null;
                            currency: string;
                            /**
                             * Format: date
                             * @description Accounting date
                             */
                            date: string;
                            state: "live" | "void";
                        } | null;
                        erp: {
                            /** @description Id on that side: of billing the canonical object */
                            id: string;
                            number: string | null;
                            /** @description Decimal text: what it comes to */
                            amount: string;
                            tax: string | null;
                            currency: string;
                            /**
                             * Format: date
                             * @description Accounting date
                             */
                            date: string;
                            state: "live" | "void";
                        } | null;
                        usage: {
                            /**
                             * @description The meter
                             * @example stripe-invoices
                             */
                            meter: string;
                            unit: string | null;
                            /** @description Id of the customer in billing */
                            customer: string;
                            /**
                             * Format: date
                             * @description Of UTC: billing counts by these
                             */
                            day: string;
                            ledger: {
                                /**
                                 * @description The summary
                                 * @example usm_01jd8x6m2dfk6t6s9vj0h0qk3w
                                 */
                                summary: string;
                                kind: "period" | "adjustment";
                                /** @description Where it is billed */
                                period: string;
                                /** @description Decimal text: what it comes to */
                                quantity: string;
                                sentQuantity: string | null;
                            } | null;
                            billing: {
                                /** @description Decimal text: what billing counts on that day */
                                quantity: string;
                                /** @description Summaries of that day among it */
                                summaries: number;
                            } | null;
                        } | null;
                        link: {
                            kind: "message" | "exception" | "document" | "summary";
                            id: string;
                        } | null;
                        /** @description The engine knows why it is right as it is */
                        explained: boolean;
                        accepted: {
                            as: "timing" | "explained";
                            reason: string;
                            by: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            at: string;
                        } | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    prepareCheckpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The run */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    contentHash: string;
                    comment?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The checkpoint
                         * @example chk_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The control
                         * @example stripe-invoices
                         */
                        control: string;
                        /**
                         * @description A month
                         * @example 2026-10
                         */
                        period: string;
                        /**
                         * @description The run that was signed
                         * @example ctr_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        runId: string;
                        state: "prepared" | "locked" | "reopened" | "void";
                        /** @description Hash of what was signed: sums, bars, gaps and what was said to them */
                        contentHash: string;
                        comment: string | null;
                        preparedBy: string;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        preparedAt: string;
                        reviewedBy: string | null;
                        reviewedAt: string | null;
                        reviewComment: string | null;
                        reopenedBy: string | null;
                        reopenedAt: string | null;
                        reopenReason: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reviewCheckpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The checkpoint */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    contentHash: string;
                    comment?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The checkpoint
                         * @example chk_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The control
                         * @example stripe-invoices
                         */
                        control: string;
                        /**
                         * @description A month
                         * @example 2026-10
                         */
                        period: string;
                        /**
                         * @description The run that was signed
                         * @example ctr_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        runId: string;
                        state: "prepared" | "locked" | "reopened" | "void";
                        /** @description Hash of what was signed: sums, bars, gaps and what was said to them */
                        contentHash: string;
                        comment: string | null;
                        preparedBy: string;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        preparedAt: string;
                        reviewedBy: string | null;
                        reviewedAt: string | null;
                        reviewComment: string | null;
                        reopenedBy: string | null;
                        reopenedAt: string | null;
                        reopenReason: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportEvidence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The checkpoint */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reopenCheckpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The checkpoint */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; it stands in the audit log */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The checkpoint
                         * @example chk_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The control
                         * @example stripe-invoices
                         */
                        control: string;
                        /**
                         * @description A month
                         * @example 2026-10
                         */
                        period: string;
                        /**
                         * @description The run that was signed
                         * @example ctr_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        runId: string;
                        state: "prepared" | "locked" | "reopened" | "void";
                        /** @description Hash of what was signed: sums, bars, gaps and what was said to them */
                        contentHash: string;
                        comment: string | null;
                        preparedBy: string;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        preparedAt: string;
                        reviewedBy: string | null;
                        reviewedAt: string | null;
                        reviewComment: string | null;
                        reopenedBy: string | null;
                        reopenedAt: string | null;
                        reopenReason: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listErasures: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The erasure
                             * @example era_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            /** @description The system that the customer belongs to, as documents name it */
                            sourceSystem: string;
                            /** @description The id that the customer has there */
                            customer: string;
                            reason: string;
                            /** @description `counting`: what there is, is looked for; `open`: somebody else confirms it; `erasing`: confirmed, and under way */
                            state: "counting" | "open" | "erasing" | "done" | "withdrawn";
                            requestedBy: string;
                            /**
                             * Format: date-time
                             * @description When it was asked for
                             */
                            requestedAt: string;
                            confirmedBy: string | null;
                            confirmedAt: string | null;
                            endedAt: string | null;
                            found: {
                                /** @description Documents of the hub */
                                documents: number;
                                /** @description Versions of them */
                                versions: number;
                                /** @description Messages */
                                messages: number;
                                /** @description Stored payloads of the messages */
                                payloads: number;
                                /** @description Deliveries as they came in */
                                deliveries: number;
                                /** @description Golden cases of mappings */
                                cases: number;
                            } | null;
                            erased: {
                                /** @description Documents of the hub */
                                documents: number;
                                /** @description Versions of them */
                                versions: number;
                                /** @description Messages */
                                messages: number;
                                /** @description Stored payloads of the messages */
                                payloads: number;
                                /** @description Deliveries as they came in */
                                deliveries: number;
                                /** @description Golden cases of mappings */
                                cases: number;
                            } | null;
                            /** @description Messages and deliveries that are on their way, at most 20: nothing is erased before they have ended */
                            waitsFor: string[];
                            /** @description Tables whose rows name the customer: these a person keeps, and an erasure leaves them */
                            tables: {
                                table: string;
                                rows: number;
                            }[];
                            ownPart: string | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestErasure: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description The connection that brings the customer
                     * @example stripe-invoices
                     */
                    connection: string;
                    /** @description The id that the customer has there: `cus_…` */
                    customer: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The erasure
                         * @example era_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /** @description The system that the customer belongs to, as documents name it */
                        sourceSystem: string;
                        /** @description The id that the customer has there */
                        customer: string;
                        reason: string;
                        /** @description `counting`: what there is, is looked for; `open`: somebody else confirms it; `erasing`: confirmed, and under way */
                        state: "counting" | "open" | "erasing" | "done" | "withdrawn";
                        requestedBy: string;
                        /**
                         * Format: date-time
                         * @description When it was asked for
                         */
                        requestedAt: string;
                        confirmedBy: string | null;
                        confirmedAt: string | null;
                        endedAt: string | null;
                        found: {
                            /** @description Documents of the hub */
                            documents: number;
                            /** @description Versions of them */
                            versions: number;
                            /** @description Messages */
                            messages: number;
                            /** @description Stored payloads of the messages */
                            payloads: number;
                            /** @description Deliveries as they came in */
                            deliveries: number;
                            /** @description Golden cases of mappings */
                            cases: number;
                        } | null;
                        erased: {
                            /** @description Documents of the hub */
                            documents: number;
                            /** @description Versions of them */
                            versions: number;
                            /** @description Messages */
                            messages: number;
                            /** @description Stored payloads of the messages */
                            payloads: number;
                            /** @description Deliveries as they came in */
                            deliveries: number;
                            /** @description Golden cases of mappings */
                            cases: number;
                        } | null;
                        /** @description Messages and deliveries that are on their way, at most 20: nothing is erased before they have ended */
                        waitsFor: string[];
                        /** @description Tables whose rows name the customer: these a person keeps, and an erasure leaves them */
                        tables: {
                            table: string;
                            rows: number;
                        }[];
                        ownPart: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The erasure */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The erasure
                         * @example era_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /** @description The system that the customer belongs to, as documents name it */
                        sourceSystem: string;
                        /** @description The id that the customer has there */
                        customer: string;
                        reason: string;
                        /** @description `counting`: what there is, is looked for; `open`: somebody else confirms it; `erasing`: confirmed, and under way */
                        state: "counting" | "open" | "erasing" | "done" | "withdrawn";
                        requestedBy: string;
                        /**
                         * Format: date-time
                         * @description When it was asked for
                         */
                        requestedAt: string;
                        confirmedBy: string | null;
                        confirmedAt: string | null;
                        endedAt: string | null;
                        found: {
                            /** @description Documents of the hub */
                            documents: number;
                            /** @description Versions of them */
                            versions: number;
                            /** @description Messages */
                            messages: number;
                            /** @description Stored payloads of the messages */
                            payloads: number;
                            /** @description Deliveries as they came in */
                            deliveries: number;
                            /** @description Golden cases of mappings */
                            cases: number;
                        } | null;
                        erased: {
                            /** @description Documents of the hub */
                            documents: number;
                            /** @description Versions of them */
                            versions: number;
                            /** @description Messages */
                            messages: number;
                            /** @description Stored payloads of the messages */
                            payloads: number;
                            /** @description Deliveries as they came in */
                            deliveries: number;
                            /** @description Golden cases of mappings */
                            cases: number;
                        } | null;
                        /** @description Messages and deliveries that are on their way, at most 20: nothing is erased before they have ended */
                        waitsFor: string[];
                        /** @description Tables whose rows name the customer: these a person keeps, and an erasure leaves them */
                        tables: {
                            table: string;
                            rows: number;
                        }[];
                        ownPart: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The erasure */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The erasure
                         * @example era_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /** @description The system that the customer belongs to, as documents name it */
                        sourceSystem: string;
                        /** @description The id that the customer has there */
                        customer: string;
                        reason: string;
                        /** @description `counting`: what there is, is looked for; `open`: somebody else confirms it; `erasing`: confirmed, and under way */
                        state: "counting" | "open" | "erasing" | "done" | "withdrawn";
                        requestedBy: string;
                        /**
                         * Format: date-time
                         * @description When it was asked for
                         */
                        requestedAt: string;
                        confirmedBy: string | null;
                        confirmedAt: string | null;
                        endedAt: string | null;
                        found: {
                            /** @description Documents of the hub */
                            documents: number;
                            /** @description Versions of them */
                            versions: number;
                            /** @description Messages */
                            messages: number;
                            /** @description Stored payloads of the messages */
                            payloads: number;
                            /** @description Deliveries as they came in */
                            deliveries: number;
                            /** @description Golden cases of mappings */
                            cases: number;
                        } | null;
                        erased: {
                            /** @description Documents of the hub */
                            documents: number;
                            /** @description Versions of them */
                            versions: number;
                            /** @description Messages */
                            messages: number;
                            /** @description Stored payloads of the messages */
                            payloads: number;
                            /** @description Deliveries as they came in */
                            deliveries: number;
                            /** @description Golden cases of mappings */
                            cases: number;
                        } | null;
                        /** @description Messages and deliveries that are on their way, at most 20: nothing is erased before they have ended */
                        waitsFor: string[];
                        /** @description Tables whose rows name the customer: these a person keeps, and an erasure leaves them */
                        tables: {
                            table: string;
                            rows: number;
                        }[];
                        ownPart: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The erasure */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The erasure
                         * @example era_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /** @description The system that the customer belongs to, as documents name it */
                        sourceSystem: string;
                        /** @description The id that the customer has there */
                        customer: string;
                        reason: string;
                        /** @description `counting`: what there is, is looked for; `open`: somebody else confirms it; `erasing`: confirmed, and under way */
                        state: "counting" | "open" | "erasing" | "done" | "withdrawn";
                        requestedBy: string;
                        /**
                         * Format: date-time
                         * @description When it was asked for
                         */
                        requestedAt: string;
                        confirmedBy: string | null;
                        confirmedAt: string | null;
                        endedAt: string | null;
                        found: {
                            /** @description Documents of the hub */
                            documents: number;
                            /** @description Versions of them */
                            versions: number;
                            /** @description Messages */
                            messages: number;
                            /** @description Stored payloads of the messages */
                            payloads: number;
                            /** @description Deliveries as they came in */
                            deliveries: number;
                            /** @description Golden cases of mappings */
                            cases: number;
                        } | null;
                        erased: {
                            /** @description Documents of the hub */
                            documents: number;
                            /** @description Versions of them */
                            versions: number;
                            /** @description Messages */
                            messages: number;
                            /** @description Stored payloads of the messages */
                            payloads: number;
                            /** @description Deliveries as they came in */
                            deliveries: number;
                            /** @description Golden cases of mappings */
                            cases: number;
                        } | null;
                        /** @description Messages and deliveries that are on their way, at most 20: nothing is erased before they have ended */
                        waitsFor: string[];
                        /** @description Tables whose rows name the customer: these a person keeps, and an erasure leaves them */
                        tables: {
                            table: string;
                            rows: number;
                        }[];
                        ownPart: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAlerts: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
                state?: "open" | "ended" | "all";
                rule?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The alert
                             * @example alt_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            rule: string;
                            severity: "high" | "medium";
                            /** @description The same for as long as it lasts */
                            about: string;
                            title: string;
                            detail: string;
                            /** @description Path in the console */
                            link: string;
                            amounts: {
                                /** @description Decimal text */
                                amount: string;
                                /** @description ISO 4217 */
                                currency: string;
                            }[];
                            /**
                             * Format: date-time
                             * @description Since when it is so
                             */
                            since: string;
                            /**
                             * Format: date-time
                             * @description When the rule found it
                             */
                            openedAt: string;
                            /**
                             * Format: date-time
                             * @description When the rule last found it
                             */
                            seenAt: string;
                            saidAt: string | null;
                            acknowledgedAt: string | null;
                            acknowledgedBy: string | null;
                            endedAt: string | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acknowledgeAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The alert */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The alert
                         * @example alt_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        rule: string;
                        severity: "high" | "medium";
                        /** @description The same for as long as it lasts */
                        about: string;
                        title: string;
                        detail: string;
                        /** @description Path in the console */
                        link: string;
                        amounts: {
                            /** @description Decimal text */
                            amount: string;
                            /** @description ISO 4217 */
                            currency: string;
                        }[];
                        /**
                         * Format: date-time
                         * @description Since when it is so
                         */
                        since: string;
                        /**
                         * Format: date-time
                         * @description When the rule found it
                         */
                        openedAt: string;
                        /**
                         * Format: date-time
                         * @description When the rule last found it
                         */
                        seenAt: string;
                        saidAt: string | null;
                        acknowledgedAt: string | null;
                        acknowledgedBy: string | null;
                        endedAt: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAlertRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The rule
                             * @example stripe-invoices
                             */
                            name: string;
                            rule: {
                                /** @description What it is for */
                                description: string;
                                /** @description What it looks at */
                                watch: "exceptions" | "connections" | "delays" | "controls" | "synthetic" | "approvals" | "deliveries" | "credentials" | "usage";
                                /** @description Only of these; which fields a watch knows, the guide says */
                                where: {
                                    flow?: string;
                                    connection?: string;
                                    control?: string;
                                    category?: string;
                                    legalEntity?: string;
                                };
                                /** @description From when on it is said; what is left out has the default of the watch */
                                limits: {
                                    /** @description At least so many */
                                    count?: number;
                                    /** @description For at least so long */
                                    minutes?: number;
                                    /** @description Within so many days */
                                    days?: number;
                                    /** @description Money: a decimal string with its currency */
                                    amount?: {
                                        /** @description Decimal text */
                                        amount: string;
                                        /** @description ISO 4217 */
                                        currency: string;
                                    };
                                    /** @description Only when one is over the time of its clock */
                                    overdue?: boolean;
                                };
                                severity: "high" | "medium";
                                /** @description Where it goes; none: only the console shows it */
                                channels: string[];
                                /** @description What comes within so many minutes goes out together; 0: at once */
                                digestMinutes: number;
                                repeatHours: number | null;
                                /** @description Say when it is over */
                                tellEnd: boolean;
                                quiet: {
                                    /** @example 22:00 */
                                    from: string;
                                    /** @example 22:00 */
                                    to: string;
                                    timeZone: string;
                                } | null;
                                /** @description A high one goes out in quiet hours too */
                                highBreaksQuiet: boolean;
                                subject: string | null;
                                text: string | null;
                            };
                            state: "on" | "paused";
                            lookedAt: string | null;
                            problem: string | null;
                            /** @description Alerts of it that last */
                            open: number;
                            /**
                             * Format: date-time
                             * @description Last change
                             */
                            updatedAt: string;
                            updatedBy: string;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAlertRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The rule */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The rule
                         * @example stripe-invoices
                         */
                        name: string;
                        rule: {
                            /** @description What it is for */
                            description: string;
                            /** @description What it looks at */
                            watch: "exceptions" | "connections" | "delays" | "controls" | "synthetic" | "approvals" | "deliveries" | "credentials" | "usage";
                            /** @description Only of these; which fields a watch knows, the guide says */
                            where: {
                                flow?: string;
                                connection?: string;
                                control?: string;
                                category?: string;
                                legalEntity?: string;
                            };
                            /** @description From when on it is said; what is left out has the default of the watch */
                            limits: {
                                /** @description At least so many */
                                count?: number;
                                /** @description For at least so long */
                                minutes?: number;
                                /** @description Within so many days */
                                days?: number;
                                /** @description Money: a decimal string with its currency */
                                amount?: {
                                    /** @description Decimal text */
                                    amount: string;
                                    /** @description ISO 4217 */
                                    currency: string;
                                };
                                /** @description Only when one is over the time of its clock */
                                overdue?: boolean;
                            };
                            severity: "high" | "medium";
                            /** @description Where it goes; none: only the console shows it */
                            channels: string[];
                            /** @description What comes within so many minutes goes out together; 0: at once */
                            digestMinutes: number;
                            repeatHours: number | null;
                            /** @description Say when it is over */
                            tellEnd: boolean;
                            quiet: {
                                /** @example 22:00 */
                                from: string;
                                /** @example 22:00 */
                                to: string;
                                timeZone: string;
                            } | null;
                            /** @description A high one goes out in quiet hours too */
                            highBreaksQuiet: boolean;
                            subject: string | null;
                            text: string | null;
                        };
                        state: "on" | "paused";
                        lookedAt: string | null;
                        problem: string | null;
                        /** @description Alerts of it that last */
                        open: number;
                        /**
                         * Format: date-time
                         * @description Last change
                         */
                        updatedAt: string;
                        updatedBy: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putAlertRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The rule */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What it is for */
                    description: string;
                    /** @description What it looks at */
                    watch: "exceptions" | "connections" | "delays" | "controls" | "synthetic" | "approvals" | "deliveries" | "credentials" | "usage";
                    /** @description Only of these; which fields a watch knows, the guide says */
                    where: {
                        flow?: string;
                        connection?: string;
                        control?: string;
                        category?: string;
                        legalEntity?: string;
                    };
                    /** @description From when on it is said; what is left out has the default of the watch */
                    limits: {
                        /** @description At least so many */
                        count?: number;
                        /** @description For at least so long */
                        minutes?: number;
                        /** @description Within so many days */
                        days?: number;
                        /** @description Money: a decimal string with its currency */
                        amount?: {
                            /** @description Decimal text */
                            amount: string;
                            /** @description ISO 4217 */
                            currency: string;
                        };
                        /** @description Only when one is over the time of its clock */
                        overdue?: boolean;
                    };
                    severity: "high" | "medium";
                    /** @description Where it goes; none: only the console shows it */
                    channels: string[];
                    /** @description What comes within so many minutes goes out together; 0: at once */
                    digestMinutes: number;
                    repeatHours: number | null;
                    /** @description Say when it is over */
                    tellEnd: boolean;
                    quiet: {
                        /** @example 22:00 */
                        from: string;
                        /** @example 22:00 */
                        to: string;
                        timeZone: string;
                    } | null;
                    /** @description A high one goes out in quiet hours too */
                    highBreaksQuiet: boolean;
                    subject: string | null;
                    text: string | null;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The rule
                         * @example stripe-invoices
                         */
                        name: string;
                        rule: {
                            /** @description What it is for */
                            description: string;
                            /** @description What it looks at */
                            watch: "exceptions" | "connections" | "delays" | "controls" | "synthetic" | "approvals" | "deliveries" | "credentials" | "usage";
                            /** @description Only of these; which fields a watch knows, the guide says */
                            where: {
                                flow?: string;
                                connection?: string;
                                control?: string;
                                category?: string;
                                legalEntity?: string;
                            };
                            /** @description From when on it is said; what is left out has the default of the watch */
                            limits: {
                                /** @description At least so many */
                                count?: number;
                                /** @description For at least so long */
                                minutes?: number;
                                /** @description Within so many days */
                                days?: number;
                                /** @description Money: a decimal string with its currency */
                                amount?: {
                                    /** @description Decimal text */
                                    amount: string;
                                    /** @description ISO 4217 */
                                    currency: string;
                                };
                                /** @description Only when one is over the time of its clock */
                                overdue?: boolean;
                            };
                            severity: "high" | "medium";
                            /** @description Where it goes; none: only the console shows it */
                            channels: string[];
                            /** @description What comes within so many minutes goes out together; 0: at once */
                            digestMinutes: number;
                            repeatHours: number | null;
                            /** @description Say when it is over */
                            tellEnd: boolean;
                            quiet: {
                                /** @example 22:00 */
                                from: string;
                                /** @example 22:00 */
                                to: string;
                                timeZone: string;
                            } | null;
                            /** @description A high one goes out in quiet hours too */
                            highBreaksQuiet: boolean;
                            subject: string | null;
                            text: string | null;
                        };
                        state: "on" | "paused";
                        lookedAt: string | null;
                        problem: string | null;
                        /** @description Alerts of it that last */
                        open: number;
                        /**
                         * Format: date-time
                         * @description Last change
                         */
                        updatedAt: string;
                        updatedBy: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeAlertRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The rule */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        done: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewAlertRule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description What it would be called
                     * @example stripe-invoices
                     */
                    name: string;
                    rule: {
                        /** @description What it is for */
                        description: string;
                        /** @description What it looks at */
                        watch: "exceptions" | "connections" | "delays" | "controls" | "synthetic" | "approvals" | "deliveries" | "credentials" | "usage";
                        /** @description Only of these; which fields a watch knows, the guide says */
                        where: {
                            flow?: string;
                            connection?: string;
                            control?: string;
                            category?: string;
                            legalEntity?: string;
                        };
                        /** @description From when on it is said; what is left out has the default of the watch */
                        limits: {
                            /** @description At least so many */
                            count?: number;
                            /** @description For at least so long */
                            minutes?: number;
                            /** @description Within so many days */
                            days?: number;
                            /** @description Money: a decimal string with its currency */
                            amount?: {
                                /** @description Decimal text */
                                amount: string;
                                /** @description ISO 4217 */
                                currency: string;
                            };
                            /** @description Only when one is over the time of its clock */
                            overdue?: boolean;
                        };
                        severity: "high" | "medium";
                        /** @description Where it goes; none: only the console shows it */
                        channels: string[];
                        /** @description What comes within so many minutes goes out together; 0: at once */
                        digestMinutes: number;
                        repeatHours: number | null;
                        /** @description Say when it is over */
                        tellEnd: boolean;
                        quiet: {
                            /** @example 22:00 */
                            from: string;
                            /** @example 22:00 */
                            to: string;
                            timeZone: string;
                        } | null;
                        /** @description A high one goes out in quiet hours too */
                        highBreaksQuiet: boolean;
                        subject: string | null;
                        text: string | null;
                    };
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        found: {
                            about: string;
                            title: string;
                            detail: string;
                            link: string;
                            /**
                             * Format: date-time
                             * @description Since when
                             */
                            since: string;
                            amounts: {
                                /** @description Decimal text */
                                amount: string;
                                /** @description ISO 4217 */
                                currency: string;
                            }[];
                        }[];
                        subject: string;
                        /** @description With an example when nothing is found */
                        text: string;
                        /**
                         * Format: date-time
                         * @description When it would go out
                         */
                        dueAt: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseAlertRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The rule */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The rule
                         * @example stripe-invoices
                         */
                        name: string;
                        rule: {
                            /** @description What it is for */
                            description: string;
                            /** @description What it looks at */
                            watch: "exceptions" | "connections" | "delays" | "controls" | "synthetic" | "approvals" | "deliveries" | "credentials" | "usage";
                            /** @description Only of these; which fields a watch knows, the guide says */
                            where: {
                                flow?: string;
                                connection?: string;
                                control?: string;
                                category?: string;
                                legalEntity?: string;
                            };
                            /** @description From when on it is said; what is left out has the default of the watch */
                            limits: {
                                /** @description At least so many */
                                count?: number;
                                /** @description For at least so long */
                                minutes?: number;
                                /** @description Within so many days */
                                days?: number;
                                /** @description Money: a decimal string with its currency */
                                amount?: {
                                    /** @description Decimal text */
                                    amount: string;
                                    /** @description ISO 4217 */
                                    currency: string;
                                };
                                /** @description Only when one is over the time of its clock */
                                overdue?: boolean;
                            };
                            severity: "high" | "medium";
                            /** @description Where it goes; none: only the console shows it */
                            channels: string[];
                            /** @description What comes within so many minutes goes out together; 0: at once */
                            digestMinutes: number;
                            repeatHours: number | null;
                            /** @description Say when it is over */
                            tellEnd: boolean;
                            quiet: {
                                /** @example 22:00 */
                                from: string;
                                /** @example 22:00 */
                                to: string;
                                timeZone: string;
                            } | null;
                            /** @description A high one goes out in quiet hours too */
                            highBreaksQuiet: boolean;
                            subject: string | null;
                            text: string | null;
                        };
                        state: "on" | "paused";
                        lookedAt: string | null;
                        problem: string | null;
                        /** @description Alerts of it that last */
                        open: number;
                        /**
                         * Format: date-time
                         * @description Last change
                         */
                        updatedAt: string;
                        updatedBy: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeAlertRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The rule */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The rule
                         * @example stripe-invoices
                         */
                        name: string;
                        rule: {
                            /** @description What it is for */
                            description: string;
                            /** @description What it looks at */
                            watch: "exceptions" | "connections" | "delays" | "controls" | "synthetic" | "approvals" | "deliveries" | "credentials" | "usage";
                            /** @description Only of these; which fields a watch knows, the guide says */
                            where: {
                                flow?: string;
                                connection?: string;
                                control?: string;
                                category?: string;
                                legalEntity?: string;
                            };
                            /** @description From when on it is said; what is left out has the default of the watch */
                            limits: {
                                /** @description At least so many */
                                count?: number;
                                /** @description For at least so long */
                                minutes?: number;
                                /** @description Within so many days */
                                days?: number;
                                /** @description Money: a decimal string with its currency */
                                amount?: {
                                    /** @description Decimal text */
                                    amount: string;
                                    /** @description ISO 4217 */
                                    currency: string;
                                };
                                /** @description Only when one is over the time of its clock */
                                overdue?: boolean;
                            };
                            severity: "high" | "medium";
                            /** @description Where it goes; none: only the console shows it */
                            channels: string[];
                            /** @description What comes within so many minutes goes out together; 0: at once */
                            digestMinutes: number;
                            repeatHours: number | null;
                            /** @description Say when it is over */
                            tellEnd: boolean;
                            quiet: {
                                /** @example 22:00 */
                                from: string;
                                /** @example 22:00 */
                                to: string;
                                timeZone: string;
                            } | null;
                            /** @description A high one goes out in quiet hours too */
                            highBreaksQuiet: boolean;
                            subject: string | null;
                            text: string | null;
                        };
                        state: "on" | "paused";
                        lookedAt: string | null;
                        problem: string | null;
                        /** @description Alerts of it that last */
                        open: number;
                        /**
                         * Format: date-time
                         * @description Last change
                         */
                        updatedAt: string;
                        updatedBy: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAlertChannels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The channel
                             * @example stripe-invoices
                             */
                            name: string;
                            kind: "email" | "slack" | "webhook";
                            description: string;
                            addresses: string[];
                            state: "on" | "paused";
                            /** @description Which secrets are set; their values are never shown */
                            secrets: {
                                [key: string]: string;
                            };
                            health: {
                                state: "unknown" | "ok" | "failing";
                                at: string | null;
                                detail: string | null;
                            };
                            /**
                             * Format: date-time
                             * @description Last change
                             */
                            updatedAt: string;
                            updatedBy: string;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putAlertChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The channel */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    kind: "email" | "slack" | "webhook";
                    /** @description Who reads it */
                    description?: string;
                    /** @description Of an e-mail channel */
                    addresses?: string[];
                    /** @description Of Slack, what speaks like it, or a webhook; kept like a secret */
                    url?: string;
                    /** @description What a webhook is signed with (Standard Webhooks) */
                    secret?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The channel
                         * @example stripe-invoices
                         */
                        name: string;
                        kind: "email" | "slack" | "webhook";
                        description: string;
                        addresses: string[];
                        state: "on" | "paused";
                        /** @description Which secrets are set; their values are never shown */
                        secrets: {
                            [key: string]: string;
                        };
                        health: {
                            state: "unknown" | "ok" | "failing";
                            at: string | null;
                            detail: string | null;
                        };
                        /**
                         * Format: date-time
                         * @description Last change
                         */
                        updatedAt: string;
                        updatedBy: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeAlertChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The channel */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        done: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testAlertChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The channel */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The notice; the same for every try, and the `webhook-id`
                         * @example ntc_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        channel: string;
                        rule: string | null;
                        occasion: "opened" | "repeated" | "ended" | "test";
                        alerts: string[];
                        state: "waiting" | "sent" | "failed";
                        /** @description Times that it was tried */
                        tries: number;
                        /**
                         * Format: date-time
                         * @description When it goes out, or is tried again
                         */
                        dueAt: string;
                        subject: string | null;
                        text: string | null;
                        /**
                         * Format: date-time
                         * @description When it was asked for
                         */
                        createdAt: string;
                        sentAt: string | null;
                        lastError: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseAlertChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The channel */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The channel
                         * @example stripe-invoices
                         */
                        name: string;
                        kind: "email" | "slack" | "webhook";
                        description: string;
                        addresses: string[];
                        state: "on" | "paused";
                        /** @description Which secrets are set; their values are never shown */
                        secrets: {
                            [key: string]: string;
                        };
                        health: {
                            state: "unknown" | "ok" | "failing";
                            at: string | null;
                            detail: string | null;
                        };
                        /**
                         * Format: date-time
                         * @description Last change
                         */
                        updatedAt: string;
                        updatedBy: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeAlertChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The channel */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The channel
                         * @example stripe-invoices
                         */
                        name: string;
                        kind: "email" | "slack" | "webhook";
                        description: string;
                        addresses: string[];
                        state: "on" | "paused";
                        /** @description Which secrets are set; their values are never shown */
                        secrets: {
                            [key: string]: string;
                        };
                        health: {
                            state: "unknown" | "ok" | "failing";
                            at: string | null;
                            detail: string | null;
                        };
                        /**
                         * Format: date-time
                         * @description Last change
                         */
                        updatedAt: string;
                        updatedBy: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAlertNotices: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
                state?: "waiting" | "sent" | "failed";
                channel?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The notice; the same for every try, and the `webhook-id`
                             * @example ntc_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            channel: string;
                            rule: string | null;
                            occasion: "opened" | "repeated" | "ended" | "test";
                            alerts: string[];
                            state: "waiting" | "sent" | "failed";
                            /** @description Times that it was tried */
                            tries: number;
                            /**
                             * Format: date-time
                             * @description When it goes out, or is tried again
                             */
                            dueAt: string;
                            subject: string | null;
                            text: string | null;
                            /**
                             * Format: date-time
                             * @description When it was asked for
                             */
                            createdAt: string;
                            sentAt: string | null;
                            lastError: string | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendAlertNoticeAgain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The notice */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The notice; the same for every try, and the `webhook-id`
                         * @example ntc_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        channel: string;
                        rule: string | null;
                        occasion: "opened" | "repeated" | "ended" | "test";
                        alerts: string[];
                        state: "waiting" | "sent" | "failed";
                        /** @description Times that it was tried */
                        tries: number;
                        /**
                         * Format: date-time
                         * @description When it goes out, or is tried again
                         */
                        dueAt: string;
                        subject: string | null;
                        text: string | null;
                        /**
                         * Format: date-time
                         * @description When it was asked for
                         */
                        createdAt: string;
                        sentAt: string | null;
                        lastError: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOperations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description By the clock of the database
                         */
                        asOf: string;
                        version: string;
                        schema: {
                            /** @description Name of the newest migration */
                            newest: string;
                            /** @description That were run */
                            migrations: number;
                        };
                        queue: {
                            backend: "redis" | "postgres";
                            /** @description `ok`, `away` or `evicts`, as the process sees it that answers */
                            state: string;
                            detail: string | null;
                        };
                        /** @description Live states alone */
                        messages: {
                            state: string;
                            /** @description Messages in it */
                            count: number;
                            oldestAt: string | null;
                            link: string;
                        }[];
                        deliveries: {
                            waiting: {
                                /** @description So many */
                                count: number;
                                oldestAt: string | null;
                            };
                            unread: {
                                /** @description So many */
                                count: number;
                                oldestAt: string | null;
                            };
                        };
                        usage: {
                            commits: {
                                /** @description So many */
                                count: number;
                                oldestAt: string | null;
                            };
                            /** @description Events in them */
                            events: string;
                        };
                        processes: {
                            leader: {
                                holder: string;
                                /**
                                 * Format: date-time
                                 * @description When its lease ends
                                 */
                                until: string;
                            } | null;
                            workers: {
                                process: string;
                                /** @description That it works now */
                                lanes: number;
                                /**
                                 * Format: date-time
                                 * @description When its last lease ends
                                 */
                                until: string;
                            }[];
                        };
                        connections: {
                            name: string;
                            state: "on" | "paused";
                            rests: {
                                why: string;
                                /** @description Milliseconds */
                                forMs: number;
                                /** @description It failed several times in a row */
                                circuit: boolean;
                            } | null;
                            /** @description Calls under way, over all processes */
                            running: number;
                            /** @description At once at most */
                            concurrency: number;
                            perSecond: number | null;
                            /** @description Requests of this day of UTC */
                            usedToday: number;
                            perDay: number | null;
                            /** @description Priorities of which somebody waits for a call */
                            waiting: ("high" | "normal" | "low")[];
                        }[];
                        database: {
                            version: string;
                            /** @description Of the whole database */
                            bytes: number;
                            connections: {
                                /** @description Of this database */
                                used: number;
                                /** @description That the server takes */
                                most: number;
                            };
                            longestTransactionSeconds: number | null;
                            tables: {
                                name: string;
                                /** @description With indexes and all partitions */
                                bytes: number;
                                /** @description As the planner estimates */
                                rows: number;
                            }[];
                        };
                        /** @description How long things are kept */
                        kept: {
                            what: string;
                            forDays: number | null;
                            oldestAt: string | null;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listServiceLevels: {
        parameters: {
            query?: {
                /** @description Documents that came in during so many hours are judged */
                hours?: number;
                flow?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            flow: string;
                            /** @description Promised: milliseconds from coming in to being posted */
                            withinMs: number;
                            /** @description Promised: percent of the documents */
                            share: number;
                            state: "kept" | "missed" | "nothing-due";
                            /** @description Posted in time */
                            kept: number;
                            /** @description Posted or closed by hand too late, or open and over their time */
                            late: number;
                            keptShare: number | null;
                            /**
                             * Format: date-time
                             * @description What came in before it and is open is delayed
                             */
                            dueBefore: string;
                            delayed: {
                                /** @description Open now and over their time, whenever they came in */
                                count: number;
                                oldestAt: string | null;
                                /** @description By days since they came in */
                                ages: {
                                    /** @description Age in days of 24 hours: from the first number on, before the second */
                                    age: "0-1" | "1-3" | "3-7" | "7-30" | "30+";
                                    /** @description Of that age */
                                    count: number;
                                }[];
                            };
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSyntheticChecks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The synthetic check
                             * @example stripe-invoices
                             */
                            name: string;
                            version: number;
                            state: "on" | "paused";
                            paused: {
                                reason: string;
                                by: string;
                                /**
                                 * Format: date-time
                                 * @description Since
                                 */
                                at: string;
                            } | null;
                            description: string;
                            /** @description Who puts it right */
                            owner: string;
                            legalEntity: string;
                            currency: string;
                            /** @description The test customer, by its id in the source */
                            customer: string;
                            /** @description Milliseconds between two runs */
                            everyMs: number;
                            /**
                             * Format: date-time
                             * @description When it runs next
                             */
                            nextAt: string;
                            steps: {
                                step: string;
                                through: string[];
                                reverses: string | null;
                            }[];
                            /**
                             * Format: date-time
                             * @description When this version was saved
                             */
                            createdAt: string;
                            createdBy: string;
                            newest: {
                                /**
                                 * @description The run
                                 * @example syn_01jd8x6m2dfk6t6s9vj0h0qk3w
                                 */
                                id: string;
                                /**
                                 * @description The synthetic check
                                 * @example stripe-invoices
                                 */
                                check: string;
                                /** @description Version of the check that ran */
                                version: number;
                                legalEntity: string;
                                state: "forward" | "reversing" | "reading" | "ended";
                                result: ("passed" | "late" | "wrong" | "failed-to-start") | null;
                                trouble: ("late" | "wrong") | null;
                                /** @description What is wrong or late, a sentence each */
                                says: string[];
                                stages: {
                                    step: string;
                                    flow: string | null;
                                    stage: "intake" | "prepare" | "send" | "readBack";
                                    /** @description Milliseconds that it took, or takes so far */
                                    ms: number;
                                    /** @description Milliseconds that it may take */
                                    allowedMs: number;
                                }[];
                                /** @description What the books said when they were read last; all is zero when the run is done */
                                net: {
                                    connection: string;
                                    currency: string;
                                    /** @description Decimal text: invoices less credit memos of the run that the books show */
                                    sales: string;
                                    /** @description Decimal text: payments less refunds */
                                    money: string;
                                    /** @description Documents of the run that were found */
                                    documents: number;
                                }[];
                                startedBy: string;
                                /**
                                 * Format: date-time
                                 * @description When
                                 */
                                startedAt: string;
                                endedAt: string | null;
                                readAt: string | null;
                            } | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSyntheticCheck: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The synthetic check */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The synthetic check
                         * @example stripe-invoices
                         */
                        name: string;
                        version: number;
                        state: "on" | "paused";
                        paused: {
                            reason: string;
                            by: string;
                            /**
                             * Format: date-time
                             * @description Since
                             */
                            at: string;
                        } | null;
                        description: string;
                        /** @description Who puts it right */
                        owner: string;
                        legalEntity: string;
                        currency: string;
                        /** @description The test customer, by its id in the source */
                        customer: string;
                        /** @description Milliseconds between two runs */
                        everyMs: number;
                        /**
                         * Format: date-time
                         * @description When it runs next
                         */
                        nextAt: string;
                        steps: {
                            step: string;
                            through: string[];
                            reverses: string | null;
                        }[];
                        /**
                         * Format: date-time
                         * @description When this version was saved
                         */
                        createdAt: string;
                        createdBy: string;
                        newest: {
                            /**
                             * @description The run
                             * @example syn_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            /**
                             * @description The synthetic check
                             * @example stripe-invoices
                             */
                            check: string;
                            /** @description Version of the check that ran */
                            version: number;
                            legalEntity: string;
                            state: "forward" | "reversing" | "reading" | "ended";
                            result: ("passed" | "late" | "wrong" | "failed-to-start") | null;
                            trouble: ("late" | "wrong") | null;
                            /** @description What is wrong or late, a sentence each */
                            says: string[];
                            stages: {
                                step: string;
                                flow: string | null;
                                stage: "intake" | "prepare" | "send" | "readBack";
                                /** @description Milliseconds that it took, or takes so far */
                                ms: number;
                                /** @description Milliseconds that it may take */
                                allowedMs: number;
                            }[];
                            /** @description What the books said when they were read last; all is zero when the run is done */
                            net: {
                                connection: string;
                                currency: string;
                                /** @description Decimal text: invoices less credit memos of the run that the books show */
                                sales: string;
                                /** @description Decimal text: payments less refunds */
                                money: string;
                                /** @description Documents of the run that were found */
                                documents: number;
                            }[];
                            startedBy: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            startedAt: string;
                            endedAt: string | null;
                            readAt: string | null;
                        } | null;
                        yaml: string;
                        /** @description Any JSON value */
                        definition: unknown;
                        note: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putSyntheticCheck: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The synthetic check */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    yaml: string;
                    note?: string;
                };
                "application/yaml": string;
                "text/yaml": string;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The synthetic check
                         * @example stripe-invoices
                         */
                        name: string;
                        version: number;
                        state: "on" | "paused";
                        paused: {
                            reason: string;
                            by: string;
                            /**
                             * Format: date-time
                             * @description Since
                             */
                            at: string;
                        } | null;
                        description: string;
                        /** @description Who puts it right */
                        owner: string;
                        legalEntity: string;
                        currency: string;
                        /** @description The test customer, by its id in the source */
                        customer: string;
                        /** @description Milliseconds between two runs */
                        everyMs: number;
                        /**
                         * Format: date-time
                         * @description When it runs next
                         */
                        nextAt: string;
                        steps: {
                            step: string;
                            through: string[];
                            reverses: string | null;
                        }[];
                        /**
                         * Format: date-time
                         * @description When this version was saved
                         */
                        createdAt: string;
                        createdBy: string;
                        newest: {
                            /**
                             * @description The run
                             * @example syn_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            /**
                             * @description The synthetic check
                             * @example stripe-invoices
                             */
                            check: string;
                            /** @description Version of the check that ran */
                            version: number;
                            legalEntity: string;
                            state: "forward" | "reversing" | "reading" | "ended";
                            result: ("passed" | "late" | "wrong" | "failed-to-start") | null;
                            trouble: ("late" | "wrong") | null;
                            /** @description What is wrong or late, a sentence each */
                            says: string[];
                            stages: {
                                step: string;
                                flow: string | null;
                                stage: "intake" | "prepare" | "send" | "readBack";
                                /** @description Milliseconds that it took, or takes so far */
                                ms: number;
                                /** @description Milliseconds that it may take */
                                allowedMs: number;
                            }[];
                            /** @description What the books said when they were read last; all is zero when the run is done */
                            net: {
                                connection: string;
                                currency: string;
                                /** @description Decimal text: invoices less credit memos of the run that the books show */
                                sales: string;
                                /** @description Decimal text: payments less refunds */
                                money: string;
                                /** @description Documents of the run that were found */
                                documents: number;
                            }[];
                            startedBy: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            startedAt: string;
                            endedAt: string | null;
                            readAt: string | null;
                        } | null;
                        yaml: string;
                        /** @description Any JSON value */
                        definition: unknown;
                        note: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseSyntheticCheck: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The synthetic check */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; it stands in the audit log */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The synthetic check
                         * @example stripe-invoices
                         */
                        name: string;
                        version: number;
                        state: "on" | "paused";
                        paused: {
                            reason: string;
                            by: string;
                            /**
                             * Format: date-time
                             * @description Since
                             */
                            at: string;
                        } | null;
                        description: string;
                        /** @description Who puts it right */
                        owner: string;
                        legalEntity: string;
                        currency: string;
                        /** @description The test customer, by its id in the source */
                        customer: string;
                        /** @description Milliseconds between two runs */
                        everyMs: number;
                        /**
                         * Format: date-time
                         * @description When it runs next
                         */
                        nextAt: string;
                        steps: {
                            step: string;
                            through: string[];
                            reverses: string | null;
                        }[];
                        /**
                         * Format: date-time
                         * @description When this version was saved
                         */
                        createdAt: string;
                        createdBy: string;
                        newest: {
                            /**
                             * @description The run
                             * @example syn_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            /**
                             * @description The synthetic check
                             * @example stripe-invoices
                             */
                            check: string;
                            /** @description Version of the check that ran */
                            version: number;
                            legalEntity: string;
                            state: "forward" | "reversing" | "reading" | "ended";
                            result: ("passed" | "late" | "wrong" | "failed-to-start") | null;
                            trouble: ("late" | "wrong") | null;
                            /** @description What is wrong or late, a sentence each */
                            says: string[];
                            stages: {
                                step: string;
                                flow: string | null;
                                stage: "intake" | "prepare" | "send" | "readBack";
                                /** @description Milliseconds that it took, or takes so far */
                                ms: number;
                                /** @description Milliseconds that it may take */
                                allowedMs: number;
                            }[];
                            /** @description What the books said when they were read last; all is zero when the run is done */
                            net: {
                                connection: string;
                                currency: string;
                                /** @description Decimal text: invoices less credit memos of the run that the books show */
                                sales: string;
                                /** @description Decimal text: payments less refunds */
                                money: string;
                                /** @description Documents of the run that were found */
                                documents: number;
                            }[];
                            startedBy: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            startedAt: string;
                            endedAt: string | null;
                            readAt: string | null;
                        } | null;
                        yaml: string;
                        /** @description Any JSON value */
                        definition: unknown;
                        note: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeSyntheticCheck: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The synthetic check */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; it stands in the audit log */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The synthetic check
                         * @example stripe-invoices
                         */
                        name: string;
                        version: number;
                        state: "on" | "paused";
                        paused: {
                            reason: string;
                            by: string;
                            /**
                             * Format: date-time
                             * @description Since
                             */
                            at: string;
                        } | null;
                        description: string;
                        /** @description Who puts it right */
                        owner: string;
                        legalEntity: string;
                        currency: string;
                        /** @description The test customer, by its id in the source */
                        customer: string;
                        /** @description Milliseconds between two runs */
                        everyMs: number;
                        /**
                         * Format: date-time
                         * @description When it runs next
                         */
                        nextAt: string;
                        steps: {
                            step: string;
                            through: string[];
                            reverses: string | null;
                        }[];
                        /**
                         * Format: date-time
                         * @description When this version was saved
                         */
                        createdAt: string;
                        createdBy: string;
                        newest: {
                            /**
                             * @description The run
                             * @example syn_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            /**
                             * @description The synthetic check
                             * @example stripe-invoices
                             */
                            check: string;
                            /** @description Version of the check that ran */
                            version: number;
                            legalEntity: string;
                            state: "forward" | "reversing" | "reading" | "ended";
                            result: ("passed" | "late" | "wrong" | "failed-to-start") | null;
                            trouble: ("late" | "wrong") | null;
                            /** @description What is wrong or late, a sentence each */
                            says: string[];
                            stages: {
                                step: string;
                                flow: string | null;
                                stage: "intake" | "prepare" | "send" | "readBack";
                                /** @description Milliseconds that it took, or takes so far */
                                ms: number;
                                /** @description Milliseconds that it may take */
                                allowedMs: number;
                            }[];
                            /** @description What the books said when they were read last; all is zero when the run is done */
                            net: {
                                connection: string;
                                currency: string;
                                /** @description Decimal text: invoices less credit memos of the run that the books show */
                                sales: string;
                                /** @description Decimal text: payments less refunds */
                                money: string;
                                /** @description Documents of the run that were found */
                                documents: number;
                            }[];
                            startedBy: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            startedAt: string;
                            endedAt: string | null;
                            readAt: string | null;
                        } | null;
                        yaml: string;
                        /** @description Any JSON value */
                        definition: unknown;
                        note: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startSyntheticRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The synthetic check */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The run
                         * @example syn_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The synthetic check
                         * @example stripe-invoices
                         */
                        check: string;
                        /** @description Version of the check that ran */
                        version: number;
                        legalEntity: string;
                        state: "forward" | "reversing" | "reading" | "ended";
                        result: ("passed" | "late" | "wrong" | "failed-to-start") | null;
                        trouble: ("late" | "wrong") | null;
                        /** @description What is wrong or late, a sentence each */
                        says: string[];
                        stages: {
                            step: string;
                            flow: string | null;
                            stage: "intake" | "prepare" | "send" | "readBack";
                            /** @description Milliseconds that it took, or takes so far */
                            ms: number;
                            /** @description Milliseconds that it may take */
                            allowedMs: number;
                        }[];
                        /** @description What the books said when they were read last; all is zero when the run is done */
                        net: {
                            connection: string;
                            currency: string;
                            /** @description Decimal text: invoices less credit memos of the run that the books show */
                            sales: string;
                            /** @description Decimal text: payments less refunds */
                            money: string;
                            /** @description Documents of the run that were found */
                            documents: number;
                        }[];
                        startedBy: string;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        startedAt: string;
                        endedAt: string | null;
                        readAt: string | null;
                        messages: {
                            /**
                             * @description The message
                             * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            flow: string;
                            state: string;
                            reason: string | null;
                            title: string | null;
                            documentNumber: string | null;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSyntheticRuns: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description The synthetic check */
                check?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The run
                             * @example syn_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            /**
                             * @description The synthetic check
                             * @example stripe-invoices
                             */
                            check: string;
                            /** @description Version of the check that ran */
                            version: number;
                            legalEntity: string;
                            state: "forward" | "reversing" | "reading" | "ended";
                            result: ("passed" | "late" | "wrong" | "failed-to-start") | null;
                            trouble: ("late" | "wrong") | null;
                            /** @description What is wrong or late, a sentence each */
                            says: string[];
                            stages: {
                                step: string;
                                flow: string | null;
                                stage: "intake" | "prepare" | "send" | "readBack";
                                /** @description Milliseconds that it took, or takes so far */
                                ms: number;
                                /** @description Milliseconds that it may take */
                                allowedMs: number;
                            }[];
                            /** @description What the books said when they were read last; all is zero when the run is done */
                            net: {
                                connection: string;
                                currency: string;
                                /** @description Decimal text: invoices less credit memos of the run that the books show */
                                sales: string;
                                /** @description Decimal text: payments less refunds */
                                money: string;
                                /** @description Documents of the run that were found */
                                documents: number;
                            }[];
                            startedBy: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            startedAt: string;
                            endedAt: string | null;
                            readAt: string | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSyntheticRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The run */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The run
                         * @example syn_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The synthetic check
                         * @example stripe-invoices
                         */
                        check: string;
                        /** @description Version of the check that ran */
                        version: number;
                        legalEntity: string;
                        state: "forward" | "reversing" | "reading" | "ended";
                        result: ("passed" | "late" | "wrong" | "failed-to-start") | null;
                        trouble: ("late" | "wrong") | null;
                        /** @description What is wrong or late, a sentence each */
                        says: string[];
                        stages: {
                            step: string;
                            flow: string | null;
                            stage: "intake" | "prepare" | "send" | "readBack";
                            /** @description Milliseconds that it took, or takes so far */
                            ms: number;
                            /** @description Milliseconds that it may take */
                            allowedMs: number;
                        }[];
                        /** @description What the books said when they were read last; all is zero when the run is done */
                        net: {
                            connection: string;
                            currency: string;
                            /** @description Decimal text: invoices less credit memos of the run that the books show */
                            sales: string;
                            /** @description Decimal text: payments less refunds */
                            money: string;
                            /** @description Documents of the run that were found */
                            documents: number;
                        }[];
                        startedBy: string;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        startedAt: string;
                        endedAt: string | null;
                        readAt: string | null;
                        messages: {
                            /**
                             * @description The message
                             * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            flow: string;
                            state: string;
                            reason: string | null;
                            title: string | null;
                            documentNumber: string | null;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    giveUpSyntheticRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The run */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; it stands in the audit log */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The run
                         * @example syn_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The synthetic check
                         * @example stripe-invoices
                         */
                        check: string;
                        /** @description Version of the check that ran */
                        version: number;
                        legalEntity: string;
                        state: "forward" | "reversing" | "reading" | "ended";
                        result: ("passed" | "late" | "wrong" | "failed-to-start") | null;
                        trouble: ("late" | "wrong") | null;
                        /** @description What is wrong or late, a sentence each */
                        says: string[];
                        stages: {
                            step: string;
                            flow: string | null;
                            stage: "intake" | "prepare" | "send" | "readBack";
                            /** @description Milliseconds that it took, or takes so far */
                            ms: number;
                            /** @description Milliseconds that it may take */
                            allowedMs: number;
                        }[];
                        /** @description What the books said when they were read last; all is zero when the run is done */
                        net: {
                            connection: string;
                            currency: string;
                            /** @description Decimal text: invoices less credit memos of the run that the books show */
                            sales: string;
                            /** @description Decimal text: payments less refunds */
                            money: string;
                            /** @description Documents of the run that were found */
                            documents: number;
                        }[];
                        startedBy: string;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        startedAt: string;
                        endedAt: string | null;
                        readAt: string | null;
                        messages: {
                            /**
                             * @description The message
                             * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            flow: string;
                            state: string;
                            reason: string | null;
                            title: string | null;
                            documentNumber: string | null;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listValue: {
        parameters: {
            query?: {
                /** @description So many, the present one included */
                months?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Newest first. `found` and `daysToClose` are null without the permission to see controls */
                        items: {
                            /** @description As `2026-11`, in UTC */
                            month: string;
                            /** @description Documents that were posted */
                            posted: number;
                            /** @description Of these, those that never stopped and that nobody had to approve */
                            untouched: number;
                            untouchedShare: number | null;
                            /** @description Exceptions that were opened */
                            stopped: number;
                            /** @description How long exceptions of that month were open, together, in hours: until they were closed, or until now */
                            stoppedHours: number;
                            medianHours: number | null;
                            found: {
                                /** @description Differences that controls found for the first time and could not explain */
                                gaps: number;
                                /** @description Of these, those that are gone or that a person explained */
                                settled: number;
                                /** @description What they come to by currency, without their sign */
                                amounts: {
                                    /** @description Decimal text */
                                    amount: string;
                                    /** @description ISO 4217 */
                                    currency: string;
                                }[];
                            } | null;
                            daysToClose: number | null;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOverview: {
        parameters: {
            query?: {
                hours?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When this was counted
                         */
                        asOf: string;
                        /** @description What needs a person, worst first */
                        attention: {
                            kind: "exceptions" | "connection" | "release" | "control" | "synthetic" | "promise" | "approval" | "in-doubt" | "delayed" | "paused" | "alert";
                            severity: "high" | "medium";
                            title: string;
                            detail: string;
                            since: string | null;
                            amounts: {
                                /** @description Decimal text */
                                amount: string;
                                /** @description ISO 4217 */
                                currency: string;
                            }[];
                            owner?: string | null;
                            /** @description Path in the console */
                            link: string;
                        }[];
                        mine: {
                            exceptions: {
                                /** @description Open, and not snoozed */
                                count: number;
                                /** @description Of these, those over their time */
                                overdue: number;
                                oldestAt: string | null;
                                amounts: {
                                    /** @description Decimal text */
                                    amount: string;
                                    /** @description ISO 4217 */
                                    currency: string;
                                }[];
                            };
                            approvals: {
                                /** @description That a role of the caller decides and that they had no hand in */
                                count: number;
                                oldestAt: string | null;
                            };
                        } | null;
                        numbers: {
                            received: number;
                            posted: number;
                            /** @description Open now */
                            exceptions: number;
                            /** @description Neither ended nor stopped */
                            underway: number;
                            /** @description Money of documents that have not reached their target, per currency */
                            notYetPosted: {
                                /** @description Decimal text */
                                amount: string;
                                /** @description ISO 4217 */
                                currency: string;
                            }[];
                            /** @description Money posted in the range, per currency */
                            postedAmounts: {
                                /** @description Decimal text */
                                amount: string;
                                /** @description ISO 4217 */
                                currency: string;
                            }[];
                        };
                        postedByLedger: {
                            ledger: string;
                            connection: string | null;
                            documents: number;
                            amounts: {
                                /** @description Decimal text */
                                amount: string;
                                /** @description ISO 4217 */
                                currency: string;
                            }[];
                            lastAt: string | null;
                        }[];
                        throughput: {
                            /**
                             * Format: date-time
                             * @description Start of the bucket
                             */
                            at: string;
                            received: number;
                            posted: number;
                            exceptions: number;
                        }[];
                        flows: {
                            name: string;
                            state: string;
                            posted: number;
                            exceptions: number;
                            underway: number;
                            p95Seconds: number | null;
                            lastAt: string | null;
                        }[];
                        connections: {
                            name: string;
                            connector: string;
                            state: string;
                            detail: string | null;
                        }[];
                        /** @description Releases and configuration changes in the range, for marks on the chart; they come out of the audit log */
                        changes: {
                            /**
                             * Format: date-time
                             * @description When
                             */
                            at: string;
                            summary: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "live";
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: string;
                        database: string;
                        queue: string;
                        warnings: string[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listErrors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            code: string;
                            status: number;
                            title: string;
                            remedy: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description Also count all rows that match */
                count?: boolean;
                flow?: string;
                /** @description One state or several, separated by commas */
                state?: string;
                /** @description Exact identity in the source */
                key?: string;
                /** @description Starts with: key, document number, number in the target, or a whole id */
                q?: string;
                run?: string;
                correlation?: string;
                legalEntity?: string;
                /** @description Received at or after */
                from?: string;
                /** @description Received before */
                to?: string;
                /** @description Age in days of 24 hours: from the first number on, before the second */
                age?: "0-1" | "1-3" | "3-7" | "7-30" | "30+";
                /** @description ISO currency, or `none`: without an amount */
                currency?: string;
                /** @description Parts of synthetic transactions: without them, as by default, or they alone */
                synthetic?: "no" | "yes";
                /** @description Whose posting has been in its ledger since then, or since a later instant */
                postedSince?: string;
                /** @description Not ended yet, of flows that post into books or bring into the hub what those read */
                unposted?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The message
                             * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            /**
                             * @description Flow it travels
                             * @example stripe-invoices
                             */
                            flow: string;
                            /** @description State of the message */
                            state: "ready" | "claimed" | "in_flight" | "in_doubt" | "waiting" | "blocked" | "held" | "exception" | "posted" | "skipped" | "duplicate" | "superseded" | "resolved";
                            stage: ("accept" | "dedupe" | "enrich" | "map" | "permit" | "send" | "settle") | null;
                            reason: string | null;
                            /** @description Identity of the document in its source */
                            key: string;
                            /** @description Version of the document in its source */
                            revision: string;
                            effect: "create" | "void" | "apply" | "refund" | "write-off";
                            /** @description Vendor and account it comes from */
                            sourceSystem: string;
                            connection: string | null;
                            /** @description Where it goes, such as `invoice@1` or `erp-us · invoice` */
                            target: string;
                            title: string | null;
                            customer: string | null;
                            legalEntity: string | null;
                            amount: {
                                /** @description Decimal text */
                                amount: string;
                                /** @description ISO 4217 */
                                currency: string;
                            } | null;
                            /** @description Calls to the target so far */
                            attempts: number;
                            documentNumber: string | null;
                            exceptionId: string | null;
                            runId: string | null;
                            /** @description Follows the document through every flow */
                            correlationId: string;
                            /**
                             * Format: date-time
                             * @description When it was committed here
                             */
                            receivedAt: string;
                            dueAt: string | null;
                            settledAt: string | null;
                            syntheticRun: string | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUnpostedAgeing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description One for each currency, most first; sums of different currencies are never added */
                        items: {
                            currency: string | null;
                            /** @description Of all ages */
                            count: number;
                            amount: string | null;
                            ages: {
                                /** @description Age in days of 24 hours: from the first number on, before the second */
                                age: "0-1" | "1-3" | "3-7" | "7-30" | "30+";
                                /** @description So many */
                                count: number;
                                amount: string | null;
                            }[];
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The message */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The message
                         * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description Flow it travels
                         * @example stripe-invoices
                         */
                        flow: string;
                        /** @description State of the message */
                        state: "ready" | "claimed" | "in_flight" | "in_doubt" | "waiting" | "blocked" | "held" | "exception" | "posted" | "skipped" | "duplicate" | "superseded" | "resolved";
                        stage: ("accept" | "dedupe" | "enrich" | "map" | "permit" | "send" | "settle") | null;
                        reason: string | null;
                        /** @description Identity of the document in its source */
                        key: string;
                        /** @description Version of the document in its source */
                        revision: string;
                        effect: "create" | "void" | "apply" | "refund" | "write-off";
                        /** @description Vendor and account it comes from */
                        sourceSystem: string;
                        connection: string | null;
                        /** @description Where it goes, such as `invoice@1` or `erp-us · invoice` */
                        target: string;
                        title: string | null;
                        customer: string | null;
                        legalEntity: string | null;
                        amount: {
                            /** @description Decimal text */
                            amount: string;
                            /** @description ISO 4217 */
                            currency: string;
                        } | null;
                        /** @description Calls to the target so far */
                        attempts: number;
                        documentNumber: string | null;
                        exceptionId: string | null;
                        runId: string | null;
                        /** @description Follows the document through every flow */
                        correlationId: string;
                        /**
                         * Format: date-time
                         * @description When it was committed here
                         */
                        receivedAt: string;
                        dueAt: string | null;
                        settledAt: string | null;
                        syntheticRun: string | null;
                        /** @description Messages with one value never overtake each other */
                        orderingKey: string;
                        /** @description What the message looked like after each stage; `sameAs` where a stage changed nothing; payload null where it has not been */
                        stages: {
                            accept: {
                                at: string | null;
                                /** @description Any JSON value */
                                payload: unknown;
                                sameAs?: "accept" | "dedupe" | "enrich" | "map" | "permit" | "send" | "settle";
                                /** @description SHA-256 of the stored text */
                                hash?: string;
                                bytes?: number;
                            };
                            dedupe: {
                                at: string | null;
                                /** @description Any JSON value */
                                payload: unknown;
                                sameAs?: "accept" | "dedupe" | "enrich" | "map" | "permit" | "send" | "settle";
                                /** @description SHA-256 of the stored text */
                                hash?: string;
                                bytes?: number;
                            };
                            enrich: {
                                at: string | null;
                                /** @description Any JSON value */
                                payload: unknown;
                                sameAs?: "accept" | "dedupe" | "enrich" | "map" | "permit" | "send" | "settle";
                                /** @description SHA-256 of the stored text */
                                hash?: string;
                                bytes?: number;
                            };
                            map: {
                                at: string | null;
                                /** @description Any JSON value */
                                payload: unknown;
                                sameAs?: "accept" | "dedupe" | "enrich" | "map" | "permit" | "send" | "settle";
                                /** @description SHA-256 of the stored text */
                                hash?: string;
                                bytes?: number;
                            };
                            permit: {
                                at: string | null;
                                /** @description Any JSON value */
                                payload: unknown;
                                sameAs?: "accept" | "dedupe" | "enrich" | "map" | "permit" | "send" | "settle";
                                /** @description SHA-256 of the stored text */
                                hash?: string;
                                bytes?: number;
                            };
                            send: {
                                at: string | null;
                                /** @description Any JSON value */
                                payload: unknown;
                                sameAs?: "accept" | "dedupe" | "enrich" | "map" | "permit" | "send" | "settle";
                                /** @description SHA-256 of the stored text */
                                hash?: string;
                                bytes?: number;
                            };
                            settle: {
                                at: string | null;
                                /** @description Any JSON value */
                                payload: unknown;
                                sameAs?: "accept" | "dedupe" | "enrich" | "map" | "permit" | "send" | "settle";
                                /** @description SHA-256 of the stored text */
                                hash?: string;
                                bytes?: number;
                            };
                        };
                        attemptsMade: {
                            /**
                             * @description The attempt
                             * @example att_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            number: number;
                            outcome: string | null;
                            code: string | null;
                            detail: string | null;
                            vendorWords: string | null;
                            httpStatus: number | null;
                            /**
                             * Format: date-time
                             * @description When the intent was committed, before the first byte left
                             */
                            sentAt: string;
                            endedAt: string | null;
                            /** @description SHA-256 of the request document */
                            requestHash: string;
                            /** @description The HTTP exchanges, without secrets */
                            exchanges: {
                                method: string;
                                url: string;
                                status: number | null;
                                ms: number;
                                note?: string;
                            }[];
                        }[];
                        /** @description Every move, oldest first */
                        history: {
                            /**
                             * Format: date-time
                             * @description When
                             */
                            at: string;
                            from: string | null;
                            to: string;
                            stage: string | null;
                            reason: string | null;
                            by: string | null;
                        }[];
                        versions: {
                            release: {
                                flow: string;
                                version: number;
                                hash: string;
                            };
                            mapping: {
                                name: string;
                                version: number;
                            } | null;
                            tables: {
                                name: string;
                                version: number;
                            }[];
                        };
                        source: {
                            connection: string | null;
                            stream: string | null;
                            deliveryId: string | null;
                            via: string | null;
                            canonical: {
                                type: string;
                                id: string;
                                version: number;
                            } | null;
                        };
                        posting: {
                            /**
                             * @description The posting
                             * @example pst_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            ledger: string;
                            effect: string;
                            state: string;
                            /** @description Our key in the target */
                            externalId: string;
                            documentId: string | null;
                            documentNumber: string | null;
                            url: string | null;
                            totals: {
                                currency: string;
                                total: string;
                                tax?: string;
                            } | null;
                            quietUntil: string | null;
                        } | null;
                        erasure: string | null;
                        doubt: {
                            /**
                             * Format: date-time
                             * @description When the call was made whose answer is missing
                             */
                            sentAt: string;
                            /** @description What came instead of an answer */
                            why: string;
                            /**
                             * Format: date-time
                             * @description When the target is asked for our key
                             */
                            lookUpAt: string;
                            /** @description Look-ups so far that decided nothing */
                            undecided: number;
                            /** @description After so many a person is asked */
                            undecidedMax: number;
                        } | null;
                        related: {
                            /**
                             * @description The other message
                             * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            flow: string;
                            state: string;
                            relation: "caused-by" | "caused" | "same-document" | "blocked-by" | "waits-for";
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStagePayload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The message */
                id: string;
                stage: "accept" | "dedupe" | "enrich" | "map" | "permit" | "send" | "settle";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compareMapping: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The mapping */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source: string;
                    /** @description Only in this flow */
                    flow?: string;
                    /**
                     * @description So many recorded payloads, the newest
                     * @default 500
                     */
                    newest?: number;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When
                         */
                        triedAt: string;
                        /** @description Payloads that were asked for */
                        newest: number;
                        /** @description Payloads that are recorded and seen by the caller, at most as many as were asked for */
                        found: number;
                        /** @description What is live, by flow */
                        against: {
                            flow: string;
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            releaseId: string;
                            version: number;
                            mapping: {
                                name: string;
                                version: number;
                            };
                        }[];
                        /** @description What of the change recorded payloads cannot show */
                        notTried: string[];
                        /** @description Recorded payloads that were tried; fewer than were found when that took longer than 100 seconds */
                        tried: number;
                        /** @description Same output */
                        unchanged: number;
                        /** @description Other output, or another ending */
                        changed: number;
                        /** @description Stops as it is, and would go on */
                        worksNow: number;
                        /** @description Goes on as it is, and would stop */
                        failsNow: number;
                        /** @description Documents whose money differs */
                        movesMoney: number;
                        /** @description Money of what goes on as it is, a sum per currency */
                        before: {
                            /** @description Decimal text */
                            amount: string;
                            /** @description ISO 4217 */
                            currency: string;
                        }[];
                        /** @description Money of what would go on, a sum per currency */
                        after: {
                            /** @description Decimal text */
                            amount: string;
                            /** @description ISO 4217 */
                            currency: string;
                        }[];
                        /** @description After less before, a sum per currency; none where nothing moves */
                        moved: {
                            /** @description Decimal text */
                            amount: string;
                            /** @description ISO 4217 */
                            currency: string;
                        }[];
                        flows: {
                            flow: string;
                            /** @description Recorded payloads that were tried; fewer than were found when that took longer than 100 seconds */
                            tried: number;
                            /** @description Same output */
                            unchanged: number;
                            /** @description Other output, or another ending */
                            changed: number;
                            /** @description Stops as it is, and would go on */
                            worksNow: number;
                            /** @description Goes on as it is, and would stop */
                            failsNow: number;
                            /** @description Documents whose money differs */
                            movesMoney: number;
                        }[];
                        /** @description Changed fields, by path and by shape of the change, each with an example; at most 200, those that differ most often */
                        fields: {
                            /** @description JSON pointer into the output; * for any place in a list */
                            path: string;
                            /** @description `set`: it had no value; `emptied`: it has none any more; `type-changed`: another kind of value */
                            shape: "set" | "emptied" | "changed" | "type-changed";
                            /** @description Documents in which it differs so */
                            count: number;
                            /** @description Any JSON value */
                            before: unknown;
                            /** @description Any JSON value */
                            after: unknown;
                        }[];
                        /** @description There are more than these */
                        moreFields: boolean;
                        /** @description Every document that changes, newest first, up to 1,000; of more those stay whose money moves */
                        documents: {
                            /**
                             * @description The message
                             * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            messageId: string;
                            flow: string;
                            title: string | null;
                            /**
                             * Format: date-time
                             * @description When it came in
                             */
                            receivedAt: string;
                            outcome: "changed" | "works-now" | "fails-now";
                            /** @description Why it stops, is held or is left out, with each; null where it goes on */
                            stops: {
                                before: string | null;
                                after: string | null;
                            };
                            /** @description At most 20; of a value longer than 300 characters its text, cut */
                            changes: {
                                /** @description JSON pointer into the output */
                                path: string;
                                /** @description `set`: it had no value; `emptied`: it has none any more; `type-changed`: another kind of value */
                                shape: "set" | "emptied" | "changed" | "type-changed";
                                /** @description Any JSON value */
                                before: unknown;
                                /** @description Any JSON value */
                                after: unknown;
                            }[];
                            /** @description Changes beyond these */
                            moreChanges: number;
                            money: {
                                before: {
                                    /** @description Decimal text */
                                    amount: string;
                                    /** @description ISO 4217 */
                                    currency: string;
                                } | null;
                                after: {
                                    /** @description Decimal text */
                                    amount: string;
                                    /** @description ISO 4217 */
                                    currency: string;
                                } | null;
                                delta: {
                                    /** @description Decimal text */
                                    amount: string;
                                    /** @description ISO 4217 */
                                    currency: string;
                                } | null;
                            };
                        }[];
                        /** @description Changed documents beyond these */
                        documentsLeftOut: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compareRelease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The release */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description So many recorded payloads, the newest
                     * @default 500
                     */
                    newest?: number;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When
                         */
                        triedAt: string;
                        /** @description Payloads that were asked for */
                        newest: number;
                        /** @description Payloads that are recorded and seen by the caller, at most as many as were asked for */
                        found: number;
                        /** @description What is live, by flow */
                        against: {
                            flow: string;
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            releaseId: string;
                            version: number;
                            mapping: {
                                name: string;
                                version: number;
                            };
                        }[];
                        /** @description What of the change recorded payloads cannot show */
                        notTried: string[];
                        /** @description Recorded payloads that were tried; fewer than were found when that took longer than 100 seconds */
                        tried: number;
                        /** @description Same output */
                        unchanged: number;
                        /** @description Other output, or another ending */
                        changed: number;
                        /** @description Stops as it is, and would go on */
                        worksNow: number;
                        /** @description Goes on as it is, and would stop */
                        failsNow: number;
                        /** @description Documents whose money differs */
                        movesMoney: number;
                        /** @description Money of what goes on as it is, a sum per currency */
                        before: {
                            /** @description Decimal text */
                            amount: string;
                            /** @description ISO 4217 */
                            currency: string;
                        }[];
                        /** @description Money of what would go on, a sum per currency */
                        after: {
                            /** @description Decimal text */
                            amount: string;
                            /** @description ISO 4217 */
                            currency: string;
                        }[];
                        /** @description After less before, a sum per currency; none where nothing moves */
                        moved: {
                            /** @description Decimal text */
                            amount: string;
                            /** @description ISO 4217 */
                            currency: string;
                        }[];
                        flows: {
                            flow: string;
                            /** @description Recorded payloads that were tried; fewer than were found when that took longer than 100 seconds */
                            tried: number;
                            /** @description Same output */
                            unchanged: number;
                            /** @description Other output, or another ending */
                            changed: number;
                            /** @description Stops as it is, and would go on */
                            worksNow: number;
                            /** @description Goes on as it is, and would stop */
                            failsNow: number;
                            /** @description Documents whose money differs */
                            movesMoney: number;
                        }[];
                        /** @description Changed fields, by path and by shape of the change, each with an example; at most 200, those that differ most often */
                        fields: {
                            /** @description JSON pointer into the output; * for any place in a list */
                            path: string;
                            /** @description `set`: it had no value; `emptied`: it has none any more; `type-changed`: another kind of value */
                            shape: "set" | "emptied" | "changed" | "type-changed";
                            /** @description Documents in which it differs so */
                            count: number;
                            /** @description Any JSON value */
                            before: unknown;
                            /** @description Any JSON value */
                            after: unknown;
                        }[];
                        /** @description There are more than these */
                        moreFields: boolean;
                        /** @description Every document that changes, newest first, up to 1,000; of more those stay whose money moves */
                        documents: {
                            /**
                             * @description The message
                             * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            messageId: string;
                            flow: string;
                            title: string | null;
                            /**
                             * Format: date-time
                             * @description When it came in
                             */
                            receivedAt: string;
                            outcome: "changed" | "works-now" | "fails-now";
                            /** @description Why it stops, is held or is left out, with each; null where it goes on */
                            stops: {
                                before: string | null;
                                after: string | null;
                            };
                            /** @description At most 20; of a value longer than 300 characters its text, cut */
                            changes: {
                                /** @description JSON pointer into the output */
                                path: string;
                                /** @description `set`: it had no value; `emptied`: it has none any more; `type-changed`: another kind of value */
                                shape: "set" | "emptied" | "changed" | "type-changed";
                                /** @description Any JSON value */
                                before: unknown;
                                /** @description Any JSON value */
                                after: unknown;
                            }[];
                            /** @description Changes beyond these */
                            moreChanges: number;
                            money: {
                                before: {
                                    /** @description Decimal text */
                                    amount: string;
                                    /** @description ISO 4217 */
                                    currency: string;
                                } | null;
                                after: {
                                    /** @description Decimal text */
                                    amount: string;
                                    /** @description ISO 4217 */
                                    currency: string;
                                } | null;
                                delta: {
                                    /** @description Decimal text */
                                    amount: string;
                                    /** @description ISO 4217 */
                                    currency: string;
                                } | null;
                            };
                        }[];
                        /** @description Changed documents beyond these */
                        documentsLeftOut: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getShadow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The release */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Messages that a shadow maps at most */
                        most: number;
                        /** @description Messages so far */
                        tried: number;
                        /** @description Same output */
                        unchanged: number;
                        /** @description Other output, or another ending */
                        changed: number;
                        /** @description Stop with the live release, and would go on */
                        worksNow: number;
                        /** @description Go on with the live release, and would stop */
                        failsNow: number;
                        /** @description Messages whose money differs */
                        movesMoney: number;
                        /** @description A sum per currency */
                        before: {
                            /** @description Decimal text */
                            amount: string;
                            /** @description ISO 4217 */
                            currency: string;
                        }[];
                        /** @description A sum per currency */
                        after: {
                            /** @description Decimal text */
                            amount: string;
                            /** @description ISO 4217 */
                            currency: string;
                        }[];
                        /** @description A sum per currency */
                        moved: {
                            /** @description Decimal text */
                            amount: string;
                            /** @description ISO 4217 */
                            currency: string;
                        }[];
                        /** @description Fields that differ, of each message the first 5; at most 50 */
                        fields: {
                            path: string;
                            /** @description Messages in which it differs */
                            count: number;
                        }[];
                        /** @description Those that differ, at most 200: whose money moves first, then the newest */
                        documents: {
                            /**
                             * @description The message
                             * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            messageId: string;
                            title: string | null;
                            /**
                             * Format: date-time
                             * @description When it came in
                             */
                            receivedAt: string;
                            outcome: "changed" | "works-now" | "fails-now";
                            fields: string[];
                            money: {
                                before: {
                                    /** @description Decimal text */
                                    amount: string;
                                    /** @description ISO 4217 */
                                    currency: string;
                                } | null;
                                after: {
                                    /** @description Decimal text */
                                    amount: string;
                                    /** @description ISO 4217 */
                                    currency: string;
                                } | null;
                                delta: {
                                    /** @description Decimal text */
                                    amount: string;
                                    /** @description ISO 4217 */
                                    currency: string;
                                } | null;
                            };
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shadowRelease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The release */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; stays in the history of the flow */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The release
                         * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        flow: string;
                        version: number;
                        /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                        state: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                        /** @description Of the flow, its mapping and all else that it depends on */
                        contentHash: string;
                        mapping: {
                            name: string;
                            version: number;
                        };
                        note: string | null;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        createdAt: string;
                        createdBy: string;
                        submittedAt: string | null;
                        submittedBy: string | null;
                        approvedAt: string | null;
                        approvedBy: string | null;
                        underWaySince: string | null;
                        share: {
                            percent: number | null;
                            entities: string[] | null;
                            stop: {
                                points: number;
                                minimum: number;
                            };
                        } | null;
                        liveSince: string | null;
                        /** @description Among the newest 10,000 messages of the flow that the caller sees */
                        counted: {
                            /** @description Messages that came in under it */
                            messages: number;
                            /** @description Those that have come to an end, or stopped */
                            ended: number;
                            /** @description Those that stopped as an exception at least once */
                            exceptions: number;
                        };
                        approver: string | null;
                        approval: {
                            /**
                             * @description The approval
                             * @example apr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            state: string;
                            decidedAt: string | null;
                            decidedBy: string | null;
                            reason: string | null;
                        } | null;
                        /** @description Sums of the comparison that was made when it was submitted; null where there was none */
                        evidence: unknown;
                        content: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            yaml: string;
                            mapping: {
                                name: string;
                                version: number;
                                source: string;
                            };
                        };
                        /** @description What is live, to set beside it */
                        live: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            yaml: string;
                            mapping: {
                                name: string;
                                version: number;
                                source: string;
                            };
                            /** @description Among the newest 10,000 messages of the flow that the caller sees */
                            counted: {
                                /** @description Messages that came in under it */
                                messages: number;
                                /** @description Those that have come to an end, or stopped */
                                ended: number;
                                /** @description Those that stopped as an exception at least once */
                                exceptions: number;
                            };
                        };
                        mayShare: {
                            percent: boolean;
                            entities: boolean;
                            why: string | null;
                        };
                        /** @description What happened to it, oldest first; the newest 100 */
                        history: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            releaseId: string;
                            version: number;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            at: string;
                            from: ("draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back") | null;
                            /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                            to: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                            reason: string | null;
                            by: string;
                            details: {
                                [key: string]: unknown;
                            };
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSchemaDrift: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            kind: "canonical" | "source" | "operation";
                            name: string;
                            /** @description That were looked through */
                            payloads: number;
                            /** @description Fields that the schema does not have */
                            unknown: number;
                            /** @description Fields of the schema that no payload fills */
                            unseen: number;
                            /** @description Places with values of another type */
                            otherTypes: number;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSchemaDrift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                /** @description With a dot for the slash: `stripe.invoices` */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Recorded payloads that were looked through, at most 200: those that the caller sees */
                        payloads: number;
                        /** @description The flows that they travelled */
                        flows: string[];
                        side: ("reads" | "writes") | null;
                        from: string | null;
                        to: string | null;
                        /** @description Fields that payloads have and the schema does not, what is new first. At most 200 */
                        unknown: {
                            /** @description Names; lists are passed through */
                            path: string[];
                            /** @description As JSON names them, the most frequent first */
                            types: string[];
                            /** @description Objects around it in which it is there and not null */
                            filled: number;
                            /** @description Objects around it */
                            of: number;
                            example: string | null;
                            /**
                             * Format: date-time
                             * @description When the first of the payloads that have it came in
                             */
                            firstAt: string;
                            /**
                             * Format: date-time
                             * @description When the last of them did
                             */
                            lastAt: string;
                            /** @description The schema allows no other fields there */
                            refused: boolean;
                        }[];
                        /** @description Fields of the schema that no payload fills; none are told where payloads have too many fields to count. At most 200 */
                        unseen: {
                            /** @description Names; lists are passed through */
                            path: string[];
                            /** @description That the schema allows; none: any */
                            types: string[];
                            required: boolean;
                            /** @description Objects around it */
                            of: number;
                        }[];
                        /** @description Values of a type that the schema does not allow. At most 200 */
                        otherTypes: {
                            /** @description Names; lists are passed through */
                            path: string[];
                            /** @description The values stand in a list there */
                            inList: boolean;
                            /** @description Types that the schema allows */
                            declared: string[];
                            /** @description Type of the values */
                            type: string;
                            /** @description So many values */
                            count: number;
                            /** @description Objects around it, or values in the list */
                            of: number;
                            example: string | null;
                            /**
                             * Format: date-time
                             * @description When the first of the payloads that have it came in
                             */
                            firstAt: string;
                            /**
                             * Format: date-time
                             * @description When the last of them did
                             */
                            lastAt: string;
                        }[];
                        /** @description There is more than is told */
                        more: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExceptions: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description Also count all rows that match */
                count?: boolean;
                /** @description `to-do`, the default: open or in progress */
                state?: "to-do" | "open" | "in-progress" | "replaying" | "resolved" | "all";
                category?: "master-data" | "transformation" | "api-failure" | "duplicate" | "posting-rejection";
                flow?: string;
                legalEntity?: string;
                causeKey?: string;
                message?: string;
                /** @description Id of a user, `me`, or `nobody` */
                owner?: string;
                /** @description Those that are put off: left out, alone, or among the others. Left out by default, unless one message is asked for */
                snoozed?: "no" | "only" | "also";
                /** @description State of the service-level clock */
                due?: "within" | "due-soon" | "breached";
                /** @description Age in days of 24 hours: from the first number on, before the second */
                age?: "0-1" | "1-3" | "3-7" | "7-30" | "30+";
                /** @description ISO currency, or `none`: without an amount */
                currency?: string;
                /** @description Document number, customer or cause contains */
                q?: string;
                /** @description `urgent` by default; `newest` where those that have ended are asked for */
                sort?: "urgent" | "oldest" | "newest";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The exception
                             * @example exc_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            /**
                             * @description The message it stopped
                             * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            messageId: string;
                            flow: string;
                            category: "master-data" | "transformation" | "api-failure" | "duplicate" | "posting-rejection";
                            /** @description Code of the catalogue or of the vendor */
                            code: string;
                            /** @description What is wrong, in plain words */
                            cause: string;
                            /** @description The same for all exceptions of one root cause */
                            causeKey: string;
                            /** @description What to do about it */
                            remedy: string;
                            vendorWords: string | null;
                            path: string | null;
                            /** @description Stage it stopped at */
                            stage: string;
                            fix: {
                                /** @constant */
                                kind: "table";
                                table: string;
                                by: {
                                    [key: string]: string;
                                };
                            } | {
                                /** @constant */
                                kind: "target";
                                connection: string;
                            } | {
                                /** @constant */
                                kind: "mapping";
                                mapping: string;
                            } | {
                                /** @constant */
                                kind: "connection";
                                connection: string;
                            } | {
                                /** @constant */
                                kind: "source";
                            } | {
                                /** @constant */
                                kind: "decision";
                            };
                            state: "open" | "in-progress" | "replaying" | "resolved";
                            assigneeId: string | null;
                            assignee: string | null;
                            snoozedUntil: string | null;
                            /**
                             * Format: date-time
                             * @description When it stopped first
                             */
                            openedAt: string;
                            /**
                             * Format: date-time
                             * @description When its time is over
                             */
                            dueAt: string;
                            /** @description The service-level clock; of an exception that has ended, how it stood then */
                            due: "within" | "due-soon" | "breached";
                            /** @description How often it came back from a replay */
                            returns: number;
                            closedAt: string | null;
                            closedBy: string | null;
                            resolution: string | null;
                            closedRun: string | null;
                            closedAttempt: number | null;
                            title: string | null;
                            customer: string | null;
                            legalEntity: string | null;
                            amount: {
                                /** @description Decimal text */
                                amount: string;
                                /** @description ISO 4217 */
                                currency: string;
                            } | null;
                            /** @description Calls to the target */
                            attempts: number;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExceptionGroups: {
        parameters: {
            query?: {
                /** @description `to-do`, the default: open or in progress */
                state?: "to-do" | "open" | "in-progress" | "replaying" | "resolved" | "all";
                category?: "master-data" | "transformation" | "api-failure" | "duplicate" | "posting-rejection";
                flow?: string;
                legalEntity?: string;
                causeKey?: string;
                message?: string;
                /** @description Id of a user, `me`, or `nobody` */
                owner?: string;
                /** @description Those that are put off: left out, alone, or among the others. Left out by default, unless one message is asked for */
                snoozed?: "no" | "only" | "also";
                /** @description State of the service-level clock */
                due?: "within" | "due-soon" | "breached";
                /** @description Age in days of 24 hours: from the first number on, before the second */
                age?: "0-1" | "1-3" | "3-7" | "7-30" | "30+";
                /** @description ISO currency, or `none`: without an amount */
                currency?: string;
                /** @description Document number, customer or cause contains */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            causeKey: string;
                            category: "master-data" | "transformation" | "api-failure" | "duplicate" | "posting-rejection";
                            code: string;
                            cause: string;
                            remedy: string;
                            fix: {
                                /** @constant */
                                kind: "table";
                                table: string;
                                by: {
                                    [key: string]: string;
                                };
                            } | {
                                /** @constant */
                                kind: "target";
                                connection: string;
                            } | {
                                /** @constant */
                                kind: "mapping";
                                mapping: string;
                            } | {
                                /** @constant */
                                kind: "connection";
                                connection: string;
                            } | {
                                /** @constant */
                                kind: "source";
                            } | {
                                /** @constant */
                                kind: "decision";
                            };
                            count: number;
                            /** @description Money held, a sum per currency */
                            amounts: {
                                /** @description Decimal text */
                                amount: string;
                                /** @description ISO 4217 */
                                currency: string;
                            }[];
                            flows: string[];
                            legalEntities: string[];
                            /**
                             * Format: date-time
                             * @description The oldest
                             */
                            oldestAt: string;
                            /**
                             * Format: date-time
                             * @description The newest
                             */
                            newestAt: string;
                            /**
                             * @description One of them
                             * @example exc_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            sample: string;
                            /** @description Whose they are, at most five */
                            owners: {
                                id: string;
                                name: string;
                            }[];
                            /** @description Owners beyond those */
                            ownersMore: number;
                            /** @description Those that are nobody’s */
                            unowned: number;
                            /** @description Opened with this cause within 24 hours, also those that have ended since */
                            openedLastDay: number;
                            /** @description The same within the 24 hours before */
                            openedDayBefore: number;
                            /**
                             * Format: date-time
                             * @description When the time of the first is over
                             */
                            dueAt: string;
                            /** @description Over their time */
                            breached: number;
                            /** @description In the last quarter of their time */
                            dueSoon: number;
                        }[];
                        /** @description There are more causes */
                        more: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getExceptionAgeing: {
        parameters: {
            query?: {
                /** @description `to-do`, the default: open or in progress */
                state?: "to-do" | "open" | "in-progress" | "replaying" | "resolved" | "all";
                category?: "master-data" | "transformation" | "api-failure" | "duplicate" | "posting-rejection";
                flow?: string;
                legalEntity?: string;
                causeKey?: string;
                message?: string;
                /** @description Id of a user, `me`, or `nobody` */
                owner?: string;
                /** @description Those that are put off: left out, alone, or among the others. Left out by default, unless one message is asked for */
                snoozed?: "no" | "only" | "also";
                /** @description State of the service-level clock */
                due?: "within" | "due-soon" | "breached";
                /** @description Age in days of 24 hours: from the first number on, before the second */
                age?: "0-1" | "1-3" | "3-7" | "7-30" | "30+";
                /** @description ISO currency, or `none`: without an amount */
                currency?: string;
                /** @description Document number, customer or cause contains */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description One for each currency, most first; sums of different currencies are never added */
                        items: {
                            currency: string | null;
                            /** @description Of all ages */
                            count: number;
                            amount: string | null;
                            ages: {
                                /** @description Age in days of 24 hours: from the first number on, before the second */
                                age: "0-1" | "1-3" | "3-7" | "7-30" | "30+";
                                /** @description So many */
                                count: number;
                                amount: string | null;
                            }[];
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportExceptions: {
        parameters: {
            query?: {
                /** @description `to-do`, the default: open or in progress */
                state?: "to-do" | "open" | "in-progress" | "replaying" | "resolved" | "all";
                category?: "master-data" | "transformation" | "api-failure" | "duplicate" | "posting-rejection";
                flow?: string;
                legalEntity?: string;
                causeKey?: string;
                message?: string;
                /** @description Id of a user, `me`, or `nobody` */
                owner?: string;
                /** @description Those that are put off: left out, alone, or among the others. Left out by default, unless one message is asked for */
                snoozed?: "no" | "only" | "also";
                /** @description State of the service-level clock */
                due?: "within" | "due-soon" | "breached";
                /** @description Age in days of 24 hours: from the first number on, before the second */
                age?: "0-1" | "1-3" | "3-7" | "7-30" | "30+";
                /** @description ISO currency, or `none`: without an amount */
                currency?: string;
                /** @description Document number, customer or cause contains */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAssignees: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            name: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getException: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The exception */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The exception
                         * @example exc_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The message it stopped
                         * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        messageId: string;
                        flow: string;
                        category: "master-data" | "transformation" | "api-failure" | "duplicate" | "posting-rejection";
                        /** @description Code of the catalogue or of the vendor */
                        code: string;
                        /** @description What is wrong, in plain words */
                        cause: string;
                        /** @description The same for all exceptions of one root cause */
                        causeKey: string;
                        /** @description What to do about it */
                        remedy: string;
                        vendorWords: string | null;
                        path: string | null;
                        /** @description Stage it stopped at */
                        stage: string;
                        fix: {
                            /** @constant */
                            kind: "table";
                            table: string;
                            by: {
                                [key: string]: string;
                            };
                        } | {
                            /** @constant */
                            kind: "target";
                            connection: string;
                        } | {
                            /** @constant */
                            kind: "mapping";
                            mapping: string;
                        } | {
                            /** @constant */
                            kind: "connection";
                            connection: string;
                        } | {
                            /** @constant */
                            kind: "source";
                        } | {
                            /** @constant */
                            kind: "decision";
                        };
                        state: "open" | "in-progress" | "replaying" | "resolved";
                        assigneeId: string | null;
                        assignee: string | null;
                        snoozedUntil: string | null;
                        /**
                         * Format: date-time
                         * @description When it stopped first
                         */
                        openedAt: string;
                        /**
                         * Format: date-time
                         * @description When its time is over
                         */
                        dueAt: string;
                        /** @description The service-level clock; of an exception that has ended, how it stood then */
                        due: "within" | "due-soon" | "breached";
                        /** @description How often it came back from a replay */
                        returns: number;
                        closedAt: string | null;
                        closedBy: string | null;
                        resolution: string | null;
                        closedRun: string | null;
                        closedAttempt: number | null;
                        title: string | null;
                        customer: string | null;
                        legalEntity: string | null;
                        amount: {
                            /** @description Decimal text */
                            amount: string;
                            /** @description ISO 4217 */
                            currency: string;
                        } | null;
                        /** @description Calls to the target */
                        attempts: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getExceptionHistory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The exception */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: date-time
                             * @description When
                             */
                            at: string;
                            /** @description What a person did, or `moved`: what the pipeline did */
                            kind: "assigned" | "given-back" | "snoozed" | "woken" | "commented" | "row-drafted" | "edit-asked" | "edited" | "edit-ended" | "replayed" | "called-back" | "resolved" | "moved";
                            by: string | null;
                            words: string | null;
                            assignee: string | null;
                            until: string | null;
                            runId: string | null;
                            from: string | null;
                            to: string | null;
                            stage: string | null;
                        }[];
                        /** @description There are older entries */
                        more: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignException: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The exception */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    assignee: string | null;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The exception
                         * @example exc_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The message it stopped
                         * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        messageId: string;
                        flow: string;
                        category: "master-data" | "transformation" | "api-failure" | "duplicate" | "posting-rejection";
                        /** @description Code of the catalogue or of the vendor */
                        code: string;
                        /** @description What is wrong, in plain words */
                        cause: string;
                        /** @description The same for all exceptions of one root cause */
                        causeKey: string;
                        /** @description What to do about it */
                        remedy: string;
                        vendorWords: string | null;
                        path: string | null;
                        /** @description Stage it stopped at */
                        stage: string;
                        fix: {
                            /** @constant */
                            kind: "table";
                            table: string;
                            by: {
                                [key: string]: string;
                            };
                        } | {
                            /** @constant */
                            kind: "target";
                            connection: string;
                        } | {
                            /** @constant */
                            kind: "mapping";
                            mapping: string;
                        } | {
                            /** @constant */
                            kind: "connection";
                            connection: string;
                        } | {
                            /** @constant */
                            kind: "source";
                        } | {
                            /** @constant */
                            kind: "decision";
                        };
                        state: "open" | "in-progress" | "replaying" | "resolved";
                        assigneeId: string | null;
                        assignee: string | null;
                        snoozedUntil: string | null;
                        /**
                         * Format: date-time
                         * @description When it stopped first
                         */
                        openedAt: string;
                        /**
                         * Format: date-time
                         * @description When its time is over
                         */
                        dueAt: string;
                        /** @description The service-level clock; of an exception that has ended, how it stood then */
                        due: "within" | "due-soon" | "breached";
                        /** @description How often it came back from a replay */
                        returns: number;
                        closedAt: string | null;
                        closedBy: string | null;
                        resolution: string | null;
                        closedRun: string | null;
                        closedAttempt: number | null;
                        title: string | null;
                        customer: string | null;
                        legalEntity: string | null;
                        amount: {
                            /** @description Decimal text */
                            amount: string;
                            /** @description ISO 4217 */
                            currency: string;
                        } | null;
                        /** @description Calls to the target */
                        attempts: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    snoozeException: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The exception */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    until: string | null;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The exception
                         * @example exc_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The message it stopped
                         * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        messageId: string;
                        flow: string;
                        category: "master-data" | "transformation" | "api-failure" | "duplicate" | "posting-rejection";
                        /** @description Code of the catalogue or of the vendor */
                        code: string;
                        /** @description What is wrong, in plain words */
                        cause: string;
                        /** @description The same for all exceptions of one root cause */
                        causeKey: string;
                        /** @description What to do about it */
                        remedy: string;
                        vendorWords: string | null;
                        path: string | null;
                        /** @description Stage it stopped at */
                        stage: string;
                        fix: {
                            /** @constant */
                            kind: "table";
                            table: string;
                            by: {
                                [key: string]: string;
                            };
                        } | {
                            /** @constant */
                            kind: "target";
                            connection: string;
                        } | {
                            /** @constant */
                            kind: "mapping";
                            mapping: string;
                        } | {
                            /** @constant */
                            kind: "connection";
                            connection: string;
                        } | {
                            /** @constant */
                            kind: "source";
                        } | {
                            /** @constant */
                            kind: "decision";
                        };
                        state: "open" | "in-progress" | "replaying" | "resolved";
                        assigneeId: string | null;
                        assignee: string | null;
                        snoozedUntil: string | null;
                        /**
                         * Format: date-time
                         * @description When it stopped first
                         */
                        openedAt: string;
                        /**
                         * Format: date-time
                         * @description When its time is over
                         */
                        dueAt: string;
                        /** @description The service-level clock; of an exception that has ended, how it stood then */
                        due: "within" | "due-soon" | "breached";
                        /** @description How often it came back from a replay */
                        returns: number;
                        closedAt: string | null;
                        closedBy: string | null;
                        resolution: string | null;
                        closedRun: string | null;
                        closedAttempt: number | null;
                        title: string | null;
                        customer: string | null;
                        legalEntity: string | null;
                        amount: {
                            /** @description Decimal text */
                            amount: string;
                            /** @description ISO 4217 */
                            currency: string;
                        } | null;
                        /** @description Calls to the target */
                        attempts: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    commentException: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The exception */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The exception
                         * @example exc_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The message it stopped
                         * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        messageId: string;
                        flow: string;
                        category: "master-data" | "transformation" | "api-failure" | "duplicate" | "posting-rejection";
                        /** @description Code of the catalogue or of the vendor */
                        code: string;
                        /** @description What is wrong, in plain words */
                        cause: string;
                        /** @description The same for all exceptions of one root cause */
                        causeKey: string;
                        /** @description What to do about it */
                        remedy: string;
                        vendorWords: string | null;
                        path: string | null;
                        /** @description Stage it stopped at */
                        stage: string;
                        fix: {
                            /** @constant */
                            kind: "table";
                            table: string;
                            by: {
                                [key: string]: string;
                            };
                        } | {
                            /** @constant */
                            kind: "target";
                            connection: string;
                        } | {
                            /** @constant */
                            kind: "mapping";
                            mapping: string;
                        } | {
                            /** @constant */
                            kind: "connection";
                            connection: string;
                        } | {
                            /** @constant */
                            kind: "source";
                        } | {
                            /** @constant */
                            kind: "decision";
                        };
                        state: "open" | "in-progress" | "replaying" | "resolved";
                        assigneeId: string | null;
                        assignee: string | null;
                        snoozedUntil: string | null;
                        /**
                         * Format: date-time
                         * @description When it stopped first
                         */
                        openedAt: string;
                        /**
                         * Format: date-time
                         * @description When its time is over
                         */
                        dueAt: string;
                        /** @description The service-level clock; of an exception that has ended, how it stood then */
                        due: "within" | "due-soon" | "breached";
                        /** @description How often it came back from a replay */
                        returns: number;
                        closedAt: string | null;
                        closedBy: string | null;
                        resolution: string | null;
                        closedRun: string | null;
                        closedAttempt: number | null;
                        title: string | null;
                        customer: string | null;
                        legalEntity: string | null;
                        amount: {
                            /** @description Decimal text */
                            amount: string;
                            /** @description ISO 4217 */
                            currency: string;
                        } | null;
                        /** @description Calls to the target */
                        attempts: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resolveException: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The exception */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The exception
                         * @example exc_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The message it stopped
                         * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        messageId: string;
                        flow: string;
                        category: "master-data" | "transformation" | "api-failure" | "duplicate" | "posting-rejection";
                        /** @description Code of the catalogue or of the vendor */
                        code: string;
                        /** @description What is wrong, in plain words */
                        cause: string;
                        /** @description The same for all exceptions of one root cause */
                        causeKey: string;
                        /** @description What to do about it */
                        remedy: string;
                        vendorWords: string | null;
                        path: string | null;
                        /** @description Stage it stopped at */
                        stage: string;
                        fix: {
                            /** @constant */
                            kind: "table";
                            table: string;
                            by: {
                                [key: string]: string;
                            };
                        } | {
                            /** @constant */
                            kind: "target";
                            connection: string;
                        } | {
                            /** @constant */
                            kind: "mapping";
                            mapping: string;
                        } | {
                            /** @constant */
                            kind: "connection";
                            connection: string;
                        } | {
                            /** @constant */
                            kind: "source";
                        } | {
                            /** @constant */
                            kind: "decision";
                        };
                        state: "open" | "in-progress" | "replaying" | "resolved";
                        assigneeId: string | null;
                        assignee: string | null;
                        snoozedUntil: string | null;
                        /**
                         * Format: date-time
                         * @description When it stopped first
                         */
                        openedAt: string;
                        /**
                         * Format: date-time
                         * @description When its time is over
                         */
                        dueAt: string;
                        /** @description The service-level clock; of an exception that has ended, how it stood then */
                        due: "within" | "due-soon" | "breached";
                        /** @description How often it came back from a replay */
                        returns: number;
                        closedAt: string | null;
                        closedBy: string | null;
                        resolution: string | null;
                        closedRun: string | null;
                        closedAttempt: number | null;
                        title: string | null;
                        customer: string | null;
                        legalEntity: string | null;
                        amount: {
                            /** @description Decimal text */
                            amount: string;
                            /** @description ISO 4217 */
                            currency: string;
                        } | null;
                        /** @description Calls to the target */
                        attempts: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    draftForException: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The exception */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    put: {
                        key: {
                            [key: string]: string;
                        };
                        values: {
                            [key: string]: string | null;
                        };
                        validFrom?: string | null;
                        validTo?: string | null;
                    }[];
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        draft: {
                            /**
                             * @description The draft
                             * @example drf_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            table: string;
                            state: "open" | "submitted" | "published" | "withdrawn";
                            /** @description Grows with every change of the draft */
                            revision: number;
                            /** @description Version of the table that it was made on */
                            baseVersion: number;
                            /** @description Why */
                            reason: string;
                            origin: "hand" | "csv" | "exception";
                            exceptionId: string | null;
                            /** @description Changes in it */
                            changes: number;
                            /**
                             * Format: date-time
                             * @description When it was made
                             */
                            createdAt: string;
                            createdBy: string;
                            /**
                             * Format: date-time
                             * @description When it was changed last
                             */
                            changedAt: string;
                            changedBy: string;
                            submittedAt: string | null;
                            submittedBy: string | null;
                            endedAt: string | null;
                            endedBy: string | null;
                            publishedVersion: number | null;
                            /** @description Version of the table now */
                            tableVersion: number;
                            /** @description The table has changed since: it is rebased before it is submitted */
                            behind: boolean;
                            approver: string | null;
                            /** @description Of exactly what is shown; it is submitted and approved by this */
                            contentHash: string;
                            counts: {
                                added: number;
                                changed: number;
                                ended: number;
                                removed: number;
                                unchanged: number;
                                refused: number;
                            };
                            /** @description Keys whose rows somebody else changed since */
                            conflicts: {
                                [key: string]: string;
                            }[];
                            /** @description None of them approves it */
                            makers: {
                                name: string;
                                did: string;
                            }[];
                            approval: {
                                /**
                                 * @description The approval
                                 * @example apr_01jd8x6m2dfk6t6s9vj0h0qk3w
                                 */
                                id: string;
                                state: "open" | "approved" | "rejected" | "void";
                                decidedAt: string | null;
                                decidedBy: string | null;
                                reason: string | null;
                            } | null;
                            /** @description What it would do now, problems first; at most 1,000. None of a draft that has ended */
                            entries: {
                                /** @description Its place among the changes */
                                index: number;
                                /** @description refused: it has a problem, and the draft cannot be submitted with it */
                                kind: "added" | "changed" | "ended" | "removed" | "unchanged" | "refused";
                                key: {
                                    [key: string]: string;
                                };
                                validFrom: string | null;
                                validTo: string | null;
                                before: {
                                    [key: string]: string | null;
                                } | null;
                                after: {
                                    [key: string]: string | null;
                                } | null;
                                /** @description Columns that differ */
                                cells: {
                                    column: string;
                                    before: string | null;
                                    after: string | null;
                                }[];
                                note: string | null;
                                /** @description By cell */
                                problems: {
                                    code: string;
                                    path?: string;
                                    detail: string;
                                    remedy?: string;
                                    /** @description 1 is the first */
                                    line?: number;
                                    column?: number;
                                }[];
                            }[];
                            /** @description There are more */
                            more: boolean;
                        };
                        exceptions: {
                            /** @description Exceptions to do whose flows read the table and that stopped before they were sent */
                            matched: number;
                            /** @description Those that were tried, at most 1,000 */
                            tried: number;
                            /** @description Those that would go on */
                            clears: number;
                            /** @description A sum per currency */
                            money: {
                                /** @description Decimal text */
                                amount: string;
                                /** @description ISO 4217 */
                                currency: string;
                            }[];
                            /** @description Why the others would stop again */
                            outcomes: {
                                sentence: string;
                                count: number;
                            }[];
                            /** @description Causes of those that would go on */
                            causeKeys: string[];
                        };
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    makeSelection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    filter?: {
                        /** @description `to-do`, the default: open or in progress */
                        state?: "to-do" | "open" | "in-progress" | "replaying" | "resolved" | "all";
                        category?: "master-data" | "transformation" | "api-failure" | "duplicate" | "posting-rejection";
                        flow?: string;
                        legalEntity?: string;
                        causeKey?: string;
                        message?: string;
                        /** @description Id of a user, `me`, or `nobody` */
                        owner?: string;
                        /** @description Those that are put off: left out, alone, or among the others. Left out by default, unless one message is asked for */
                        snoozed?: "no" | "only" | "also";
                        /** @description State of the service-level clock */
                        due?: "within" | "due-soon" | "breached";
                        /** @description Age in days of 24 hours: from the first number on, before the second */
                        age?: "0-1" | "1-3" | "3-7" | "7-30" | "30+";
                        /** @description ISO currency, or `none`: without an amount */
                        currency?: string;
                        /** @description Document number, customer or cause contains */
                        q?: string;
                    };
                    exceptions?: string[];
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The selection
                         * @example sel_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /** @description Exceptions in it */
                        count: number;
                        /** @description Money held, a sum per currency */
                        amounts: {
                            /** @description Decimal text */
                            amount: string;
                            /** @description ISO 4217 */
                            currency: string;
                        }[];
                        /** @description What matched and is left out, and why */
                        excluded: {
                            reason: string;
                            count: number;
                        }[];
                        /** @description SHA-256 over the exceptions, their causes and their amounts */
                        hash: string;
                        /**
                         * Format: date-time
                         * @description When it was frozen
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @description Until when it may be used, once
                         */
                        expiresAt: string;
                        expired: boolean;
                        usedAt: string | null;
                        usedFor: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSelection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The selection */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The selection
                         * @example sel_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /** @description Exceptions in it */
                        count: number;
                        /** @description Money held, a sum per currency */
                        amounts: {
                            /** @description Decimal text */
                            amount: string;
                            /** @description ISO 4217 */
                            currency: string;
                        }[];
                        /** @description What matched and is left out, and why */
                        excluded: {
                            reason: string;
                            count: number;
                        }[];
                        /** @description SHA-256 over the exceptions, their causes and their amounts */
                        hash: string;
                        /**
                         * Format: date-time
                         * @description When it was frozen
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @description Until when it may be used, once
                         */
                        expiresAt: string;
                        expired: boolean;
                        usedAt: string | null;
                        usedFor: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignSelection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The selection */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    assignee: string | null;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Exceptions */
                        done: number;
                        /** @description Those that it was not done to, and why */
                        refused: {
                            exceptionId: string;
                            code: string;
                            reason: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    snoozeSelection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The selection */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    until: string | null;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Exceptions */
                        done: number;
                        /** @description Those that it was not done to, and why */
                        refused: {
                            exceptionId: string;
                            code: string;
                            reason: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resolveSelection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The selection */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Exceptions */
                        done: number;
                        /** @description Those that it was not done to, and why */
                        refused: {
                            exceptionId: string;
                            code: string;
                            reason: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewReplay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    messages?: string[];
                    /** @description All exceptions of this root cause that are to do */
                    causeKey?: string;
                    /**
                     * @description A selection, which a replay uses up
                     * @example sel_01jd8x6m2dfk6t6s9vj0h0qk3w
                     */
                    selection?: string;
                    /**
                     * @description `kept`: the release that each message came in under; `live`: the one that is live in its flow now
                     * @default kept
                     */
                    release?: "kept" | "live";
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        count: number;
                        amounts: {
                            /** @description Decimal text */
                            amount: string;
                            /** @description ISO 4217 */
                            currency: string;
                        }[];
                        verdicts: {
                            [key: string]: number;
                        };
                        /** @description The first 50 */
                        items: {
                            /**
                             * @description The message
                             * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            messageId: string;
                            flow: string;
                            title: string | null;
                            amount: {
                                /** @description Decimal text */
                                amount: string;
                                /** @description ISO 4217 */
                                currency: string;
                            } | null;
                            verdict: "sends" | "posts-nothing" | "still-fails" | "refused";
                            /** @description Why, one sentence */
                            reason: string;
                            versions: {
                                /** @description Version of the flow that a replay uses */
                                release: number;
                                /** @description Version that the message came in under */
                                kept: number;
                                mapping: {
                                    name: string;
                                    version: number;
                                } | null;
                                /** @description Version read the last time, and the one a replay reads */
                                tables: {
                                    name: string;
                                    used: number | null;
                                    current: number;
                                }[];
                            };
                            before: unknown | null;
                            after: unknown | null;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startReplay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    messages?: string[];
                    /** @description All exceptions of this root cause that are to do */
                    causeKey?: string;
                    /**
                     * @description A selection, which a replay uses up
                     * @example sel_01jd8x6m2dfk6t6s9vj0h0qk3w
                     */
                    selection?: string;
                    /**
                     * @description `kept`: the release that each message came in under; `live`: the one that is live in its flow now
                     * @default kept
                     */
                    release?: "kept" | "live";
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The run that records the replay
                         * @example run_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        runId: string;
                        accepted: number;
                        refused: {
                            messageId: string;
                            reason: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The replay */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The run that records the replay
                         * @example run_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        runId: string;
                        /** @description Messages that it was asked for */
                        total: number;
                        /** @description Messages by outcome; an outcome that is not named has none */
                        outcomes: {
                            [key: string]: number;
                        };
                        /** @description Some have not begun */
                        mayCancel: boolean;
                        cancelled: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReplayRecords: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description Also count all rows that match */
                count?: boolean;
                /** @description under-way; waits for an approval or another document; posted; posted-nothing: needless or posted before; stopped-again; called-back: the replay was cancelled before it began; replayed-again by a later replay; refused at the start */
                outcome?: "under-way" | "waits" | "posted" | "posted-nothing" | "stopped-again" | "called-back" | "replayed-again" | "refused";
            };
            header?: never;
            path: {
                /** @description The replay */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The message
                             * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            messageId: string;
                            exceptionId: string | null;
                            flow: string;
                            title: string | null;
                            amount: {
                                /** @description Decimal text */
                                amount: string;
                                /** @description ISO 4217 */
                                currency: string;
                            } | null;
                            /** @description under-way; waits for an approval or another document; posted; posted-nothing: needless or posted before; stopped-again; called-back: the replay was cancelled before it began; replayed-again by a later replay; refused at the start */
                            outcome: "under-way" | "waits" | "posted" | "posted-nothing" | "stopped-again" | "called-back" | "replayed-again" | "refused";
                            reason: string | null;
                            documentNumber: string | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelReplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The replay */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Taken back */
                        calledBack: number;
                        /** @description Under way, so they go on */
                        goesOn: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEditableFields: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The exception */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The message
                         * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        messageId: string;
                        /** @description SHA-256 of the record */
                        hash: string;
                        approver: string | null;
                        waiting: string | null;
                        /** @description In the order of the record; at most 2,000 */
                        fields: {
                            /** @description JSON pointer */
                            path: string;
                            value: string | boolean | number | null;
                            locked: string | null;
                            /** @description The exception speaks of it */
                            offending: boolean;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewEdit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The exception */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Fields to correct; a number is never one */
                    changes: {
                        /** @description JSON pointer into the record */
                        path: string;
                        value: string | boolean | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changes: {
                            path: string;
                            before: string | boolean | number | null;
                            after: string | boolean | number | null;
                            /** @description The field was not there */
                            absent: boolean;
                        }[];
                        /** @description Any JSON value */
                        before: unknown;
                        /** @description Any JSON value */
                        after: unknown;
                        beforeHash: string;
                        afterHash: string;
                        /** @description It is asked for and approved by this */
                        contentHash: string;
                        approver: string | null;
                        /** @description Versions that had a part in it */
                        tables: {
                            name: string;
                            version: number;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askForEdit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The exception */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Fields to correct; a number is never one */
                    changes: {
                        /** @description JSON pointer into the record */
                        path: string;
                        value: string | boolean | null;
                    }[];
                    contentHash: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The edit
                         * @example edt_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The message
                         * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        messageId: string;
                        /**
                         * @description The exception
                         * @example exc_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        exceptionId: string;
                        /** @description waiting for the approval; applied: the message went on with it; void: withdrawn, or the message moved on without it */
                        state: "waiting" | "applied" | "rejected" | "void";
                        reason: string;
                        changes: {
                            path: string;
                            before: string | boolean | number | null;
                            after: string | boolean | number | null;
                            /** @description The field was not there */
                            absent: boolean;
                        }[];
                        /** @description SHA-256 of the record as it came */
                        beforeHash: string;
                        /** @description SHA-256 of the corrected record */
                        afterHash: string;
                        /** @description Of the edit, the output and the versions behind it */
                        contentHash: string;
                        by: string;
                        /**
                         * Format: date-time
                         * @description When it was asked for
                         */
                        at: string;
                        approvalId: string | null;
                        decidedBy: string | null;
                        decidedAt: string | null;
                        decision: string | null;
                        appliedAt: string | null;
                        runId: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEdits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The message */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The edit
                             * @example edt_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            /**
                             * @description The message
                             * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            messageId: string;
                            /**
                             * @description The exception
                             * @example exc_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            exceptionId: string;
                            /** @description waiting for the approval; applied: the message went on with it; void: withdrawn, or the message moved on without it */
                            state: "waiting" | "applied" | "rejected" | "void";
                            reason: string;
                            changes: {
                                path: string;
                                before: string | boolean | number | null;
                                after: string | boolean | number | null;
                                /** @description The field was not there */
                                absent: boolean;
                            }[];
                            /** @description SHA-256 of the record as it came */
                            beforeHash: string;
                            /** @description SHA-256 of the corrected record */
                            afterHash: string;
                            /** @description Of the edit, the output and the versions behind it */
                            contentHash: string;
                            by: string;
                            /**
                             * Format: date-time
                             * @description When it was asked for
                             */
                            at: string;
                            approvalId: string | null;
                            decidedBy: string | null;
                            decidedAt: string | null;
                            decision: string | null;
                            appliedAt: string | null;
                            runId: string | null;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawEdit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The edit */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The edit
                         * @example edt_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The message
                         * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        messageId: string;
                        /**
                         * @description The exception
                         * @example exc_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        exceptionId: string;
                        /** @description waiting for the approval; applied: the message went on with it; void: withdrawn, or the message moved on without it */
                        state: "waiting" | "applied" | "rejected" | "void";
                        reason: string;
                        changes: {
                            path: string;
                            before: string | boolean | number | null;
                            after: string | boolean | number | null;
                            /** @description The field was not there */
                            absent: boolean;
                        }[];
                        /** @description SHA-256 of the record as it came */
                        beforeHash: string;
                        /** @description SHA-256 of the corrected record */
                        afterHash: string;
                        /** @description Of the edit, the output and the versions behind it */
                        contentHash: string;
                        by: string;
                        /**
                         * Format: date-time
                         * @description When it was asked for
                         */
                        at: string;
                        approvalId: string | null;
                        decidedBy: string | null;
                        decidedAt: string | null;
                        decision: string | null;
                        appliedAt: string | null;
                        runId: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    receiveHook: {
        parameters: {
            query?: {
                /** @description A vendor that asks the address before it sends gets this back as plain text, and nothing is stored */
                validationToken?: string;
            };
            header?: never;
            path: {
                /** @description The connection */
                connection: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accepted: boolean;
                        duplicate: boolean;
                        deliveryId: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUnreadDeliveries: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description The connection */
                connection?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The delivery
                             * @example inb_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            connection: string;
                            /** @description As its source calls it */
                            deliveryId: string;
                            /** @description `webhook`, `poll` or `push` */
                            via: string;
                            stream: string | null;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            receivedAt: string;
                            /** @description What is wrong with it, and where */
                            problem: string;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRuns: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description Also count all rows that match */
                count?: boolean;
                kind?: string;
                flow?: string;
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The run
                             * @example run_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            kind: "poll" | "backfill" | "replay";
                            connection: string | null;
                            stream: string | null;
                            flow: string | null;
                            state: "running" | "succeeded" | "failed" | "cancelled";
                            startedBy: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            startedAt: string;
                            endedAt: string | null;
                            /** @description Deliveries read, or messages chosen */
                            read: number;
                            /** @description Deliveries that were new */
                            added: number;
                            /** @description Pages read */
                            pages: number;
                            reachedAt: string | null;
                            /** @description How often another process went on with it, because the one before was gone */
                            resumed: number;
                            /** @description Messages of the run by state */
                            messages: {
                                [key: string]: number;
                            };
                            note: string | null;
                            error: string | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The run */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The run
                         * @example run_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        kind: "poll" | "backfill" | "replay";
                        connection: string | null;
                        stream: string | null;
                        flow: string | null;
                        state: "running" | "succeeded" | "failed" | "cancelled";
                        startedBy: string;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        startedAt: string;
                        endedAt: string | null;
                        /** @description Deliveries read, or messages chosen */
                        read: number;
                        /** @description Deliveries that were new */
                        added: number;
                        /** @description Pages read */
                        pages: number;
                        reachedAt: string | null;
                        /** @description How often another process went on with it, because the one before was gone */
                        resumed: number;
                        /** @description Messages of the run by state */
                        messages: {
                            [key: string]: number;
                        };
                        note: string | null;
                        error: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The flow */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    kind: "poll" | "backfill";
                    /**
                     * Format: date
                     * @description First day, for a backfill
                     */
                    since?: string;
                    /**
                     * Format: date
                     * @description Last day, for a backfill
                     */
                    until?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The run
                         * @example run_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        kind: "poll" | "backfill" | "replay";
                        connection: string | null;
                        stream: string | null;
                        flow: string | null;
                        state: "running" | "succeeded" | "failed" | "cancelled";
                        startedBy: string;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        startedAt: string;
                        endedAt: string | null;
                        /** @description Deliveries read, or messages chosen */
                        read: number;
                        /** @description Deliveries that were new */
                        added: number;
                        /** @description Pages read */
                        pages: number;
                        reachedAt: string | null;
                        /** @description How often another process went on with it, because the one before was gone */
                        resumed: number;
                        /** @description Messages of the run by state */
                        messages: {
                            [key: string]: number;
                        };
                        note: string | null;
                        error: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The run */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The run
                         * @example run_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        kind: "poll" | "backfill" | "replay";
                        connection: string | null;
                        stream: string | null;
                        flow: string | null;
                        state: "running" | "succeeded" | "failed" | "cancelled";
                        startedBy: string;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        startedAt: string;
                        endedAt: string | null;
                        /** @description Deliveries read, or messages chosen */
                        read: number;
                        /** @description Deliveries that were new */
                        added: number;
                        /** @description Pages read */
                        pages: number;
                        reachedAt: string | null;
                        /** @description How often another process went on with it, because the one before was gone */
                        resumed: number;
                        /** @description Messages of the run by state */
                        messages: {
                            [key: string]: number;
                        };
                        note: string | null;
                        error: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUsageEvents: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
                subject?: string;
                type?: string;
                source?: string;
                /** @description The id that the source gave; needs source. Or `ue_…` */
                id?: string;
                state?: "accepted" | "corrected" | "cancelled" | "correction" | "cancellation" | "conflict";
                /** @description Used at or after */
                occurredFrom?: string;
                /** @description Used before */
                occurredTo?: string;
                /** @description Received at or after */
                receivedFrom?: string;
                /** @description Received before */
                receivedTo?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The event
                             * @example ue_65536
                             */
                            id: string;
                            kind: "event" | "correction" | "cancellation";
                            /** @description `accepted` and `correction` count; `corrected` and `cancelled` have a successor; a `cancellation` counts nothing */
                            state: "accepted" | "corrected" | "cancelled" | "correction" | "cancellation";
                            source: string;
                            /** @description The id that its source gave it */
                            eventId: string;
                            type: string;
                            /** @description Is the type one with a schema? */
                            registered: boolean;
                            subject: string | null;
                            /**
                             * Format: date-time
                             * @description When it was used
                             */
                            occurredAt: string;
                            /**
                             * Format: date-time
                             * @description When it was committed here
                             */
                            receivedAt: string;
                            /** @description Any JSON value */
                            data: unknown;
                            /** @description Other attributes of the CloudEvent */
                            attributes: {
                                [key: string]: unknown;
                            };
                            corrects: string | null;
                            correctedBy: string | null;
                            reason: string | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendUsage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/cloudevents+json": {
                    /** @constant */
                    specversion: "1.0";
                    /** @description Unique in its source, for ever */
                    id: string;
                    /** @description Who says so: a URI reference */
                    source: string;
                    /** @description What was used */
                    type: string;
                    /** @description Who used it */
                    subject?: string;
                    /**
                     * Format: date-time
                     * @description When it was used; when it was received if it says nothing
                     */
                    time?: string;
                    datacontenttype?: string;
                    dataschema?: string;
                    /** @description Any JSON value */
                    data?: unknown;
                    /** @description Kept; no meter can look into it */
                    data_base64?: string;
                };
                "application/cloudevents-batch+json": {
                    /** @constant */
                    specversion: "1.0";
                    /** @description Unique in its source, for ever */
                    id: string;
                    /** @description Who says so: a URI reference */
                    source: string;
                    /** @description What was used */
                    type: string;
                    /** @description Who used it */
                    subject?: string;
                    /**
                     * Format: date-time
                     * @description When it was used; when it was received if it says nothing
                     */
                    time?: string;
                    datacontenttype?: string;
                    dataschema?: string;
                    /** @description Any JSON value */
                    data?: unknown;
                    /** @description Kept; no meter can look into it */
                    data_base64?: string;
                }[];
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Events that are new, and committed */
                        accepted: number;
                        /** @description Events that were there with the same content */
                        duplicates: number;
                        /** @description Events whose source and id are there with other content: the first stays */
                        conflicts: number;
                        /** @description Every event that is not in the ledger, conflicts too */
                        rejected: {
                            /** @description Its place in the batch, or the number of its line, from 0 */
                            index: number;
                            id: string | null;
                            /** @description A code of the error catalogue */
                            code: string;
                            /** @description Where in the event, as a JSON pointer */
                            path: string;
                            /** @description One sentence */
                            detail: string;
                            /** @description All its problems, where it has more than one */
                            problems?: {
                                /** @description A code of the error catalogue */
                                code: string;
                                /** @description Where */
                                path: string;
                                /** @description One sentence */
                                detail: string;
                            }[];
                            /**
                             * @description Of a conflict: the event that stays
                             * @example ue_65536
                             */
                            first?: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUsageEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The event */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The event
                         * @example ue_65536
                         */
                        id: string;
                        kind: "event" | "correction" | "cancellation";
                        /** @description `accepted` and `correction` count; `corrected` and `cancelled` have a successor; a `cancellation` counts nothing */
                        state: "accepted" | "corrected" | "cancelled" | "correction" | "cancellation";
                        source: string;
                        /** @description The id that its source gave it */
                        eventId: string;
                        type: string;
                        /** @description Is the type one with a schema? */
                        registered: boolean;
                        subject: string | null;
                        /**
                         * Format: date-time
                         * @description When it was used
                         */
                        occurredAt: string;
                        /**
                         * Format: date-time
                         * @description When it was committed here
                         */
                        receivedAt: string;
                        /** @description Any JSON value */
                        data: unknown;
                        /** @description Other attributes of the CloudEvent */
                        attributes: {
                            [key: string]: unknown;
                        };
                        corrects: string | null;
                        correctedBy: string | null;
                        reason: string | null;
                        /** @description SHA-256 of the event as RFC 8785 JSON */
                        contentHash: string;
                        /** @description Any JSON value */
                        cloudEvent: unknown;
                        /** @description From the original to the one that counts, or the cancellation */
                        chain: {
                            /**
                             * @description An event of the chain
                             * @example ue_65536
                             */
                            id: string;
                            kind: string;
                            /** @description Any JSON value */
                            data: unknown;
                            /**
                             * Format: date-time
                             * @description When it was used
                             */
                            occurredAt: string;
                            /**
                             * Format: date-time
                             * @description When it was committed here
                             */
                            receivedAt: string;
                            reason: string | null;
                            by: string;
                        }[];
                        duplicates: {
                            /** @description How often it came again with the same content */
                            times: number;
                            lastAt: string | null;
                        };
                        conflicts: {
                            /**
                             * @description The conflict
                             * @example ucf_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            source: string;
                            eventId: string;
                            /**
                             * @description The event that stays
                             * @example ue_65536
                             */
                            first: string;
                            /** @description Any JSON value */
                            event: unknown;
                            /** @description How often this content came */
                            times: number;
                            via: string;
                            by: string;
                            /**
                             * Format: date-time
                             * @description When it first came
                             */
                            receivedAt: string;
                            /**
                             * Format: date-time
                             * @description When it last came
                             */
                            lastAt: string;
                        }[];
                        commit: {
                            id: string;
                            /** @description Events of the commit */
                            events: number;
                            via: string;
                            by: string;
                            roll: string | null;
                        };
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    correctUsage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    kind: "correction" | "cancellation";
                    /** @description Who corrects: a URI reference */
                    source: string;
                    /** @description Unique in its source, for ever: the same again is a duplicate */
                    id: string;
                    of: {
                        /**
                         * @description The event, or the newest of its chain
                         * @example ue_65536
                         */
                        event: string;
                    } | {
                        source: string;
                        id: string;
                    };
                    /** @description Any JSON value */
                    data?: unknown;
                    /**
                     * Format: date-time
                     * @description When it was really used; unchanged if not given
                     */
                    time?: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The correction
                         * @example ue_65536
                         */
                        id: string;
                        kind: string;
                        /**
                         * @description What it takes back
                         * @example ue_65536
                         */
                        corrects: string;
                        /**
                         * @description Where the chain begins
                         * @example ue_65536
                         */
                        original: string;
                        /** @description It was there already */
                        duplicate: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUsageConflicts: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description Also count all rows that match */
                count?: boolean;
                source?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The conflict
                             * @example ucf_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            source: string;
                            eventId: string;
                            /**
                             * @description The event that stays
                             * @example ue_65536
                             */
                            first: string;
                            /** @description Any JSON value */
                            event: unknown;
                            /** @description How often this content came */
                            times: number;
                            via: string;
                            by: string;
                            /**
                             * Format: date-time
                             * @description When it first came
                             */
                            receivedAt: string;
                            /**
                             * Format: date-time
                             * @description When it last came
                             */
                            lastAt: string;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUsageEventTypes: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            type: string;
                            version: number;
                            /** @description Any JSON value */
                            schema: unknown;
                            description: string;
                            createdBy: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            createdAt: string;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUsageEventType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The type of the CloudEvents */
                type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        type: string;
                        versions: {
                            type: string;
                            version: number;
                            /** @description Any JSON value */
                            schema: unknown;
                            description: string;
                            createdBy: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            createdAt: string;
                            compatibility: {
                                /** @description `backward`: what fitted before still fits; `forward`: who reads by the version before can still read; `full`: both; `none`: neither */
                                verdict: "full" | "backward" | "forward" | "none";
                                /** @description What breaks first, at most 200; null in `breaks`: harmless */
                                differences: {
                                    /** @description JSON pointer to the field; * for what stands in a list, or under any other name */
                                    path: string;
                                    breaks: ("senders" | "readers" | "both") | null;
                                    /** @description The end of a sentence that begins with the field */
                                    detail: string;
                                }[];
                                /** @description There are more differences */
                                more: boolean;
                            } | null;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putUsageEventType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The type of the CloudEvents */
                type: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description JSON Schema (2020-12) of `data` */
                    schema: Record<string, never>;
                    /** @description What is counted */
                    description?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        type: string;
                        version: number;
                        /** @description Any JSON value */
                        schema: unknown;
                        description: string;
                        createdBy: string;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        createdAt: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUsageStreams: {
        parameters: {
            query?: {
                /** @description Of this connection */
                connection?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The connection
                             * @example stripe-invoices
                             */
                            connection: string;
                            /** @description As its system calls it */
                            stream: string;
                            /** @description Do the settings of the connection still name it, and is the connection on? */
                            followed: boolean;
                            /** @description `waiting`: no process reads it; `reading`; `resting`: the ledger takes no more for a while; `failing`: it is tried again after a pause */
                            state: "waiting" | "reading" | "resting" | "failing";
                            /**
                             * Format: date-time
                             * @description Since when it is in that state
                             */
                            since: string;
                            detail: string | null;
                            /** @description Failures in a row */
                            failures: number;
                            nextTryAt: string | null;
                            position: string | null;
                            lag: number | null;
                            lastRecordsAt: string | null;
                            /** @description Records that were read: accepted + duplicates + conflicts + refused */
                            read: number;
                            /** @description Events that were new */
                            accepted: number;
                            /** @description Events that were there */
                            duplicates: number;
                            /** @description Events whose source and id are there with other content */
                            conflicts: number;
                            /** @description Records that cannot go into the ledger */
                            refused: number;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUsageRefusals: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description Also count all rows that match */
                count?: boolean;
                /** @description Of this connection */
                connection?: string;
                /** @description As its system calls it */
                stream?: string;
                /** @description Has somebody answered it? */
                state?: "open" | "answered";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The refused record
                             * @example urf_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            /**
                             * @description The connection
                             * @example stripe-invoices
                             */
                            connection: string;
                            /** @description As its system calls it */
                            stream: string;
                            /** @description Where it lies in its stream */
                            at: string;
                            /**
                             * Format: date-time
                             * @description When it was read
                             */
                            receivedAt: string;
                            /** @description A code of the error catalogue */
                            code: string;
                            /** @description Where in the event, as a JSON pointer */
                            path: string;
                            /** @description Why it cannot go into the ledger */
                            detail: string;
                            /** @description All its problems, the first one first */
                            problems: {
                                /** @description A code of the error catalogue */
                                code: string;
                                /** @description Where in the event, as a JSON pointer */
                                path: string;
                                /** @description One sentence */
                                detail: string;
                            }[];
                            /** @description How long its value was */
                            bytes: number;
                            text: string | null;
                            answer: {
                                note: string;
                                by: string;
                                /**
                                 * Format: date-time
                                 * @description When
                                 */
                                at: string;
                            } | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUsageRefusal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The refused record */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The refused record
                         * @example urf_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The connection
                         * @example stripe-invoices
                         */
                        connection: string;
                        /** @description As its system calls it */
                        stream: string;
                        /** @description Where it lies in its stream */
                        at: string;
                        /**
                         * Format: date-time
                         * @description When it was read
                         */
                        receivedAt: string;
                        /** @description A code of the error catalogue */
                        code: string;
                        /** @description Where in the event, as a JSON pointer */
                        path: string;
                        /** @description Why it cannot go into the ledger */
                        detail: string;
                        /** @description All its problems, the first one first */
                        problems: {
                            /** @description A code of the error catalogue */
                            code: string;
                            /** @description Where in the event, as a JSON pointer */
                            path: string;
                            /** @description One sentence */
                            detail: string;
                        }[];
                        /** @description How long its value was */
                        bytes: number;
                        text: string | null;
                        answer: {
                            note: string;
                            by: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            at: string;
                        } | null;
                        headers: {
                            [key: string]: string;
                        };
                        /** @description Its value; of one that is longer than 64 kB the beginning */
                        base64: string;
                        /** @description How much of it is kept */
                        keptBytes: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    answerUsageRefusal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The refused record */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What was done */
                    note: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The refused record
                         * @example urf_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The connection
                         * @example stripe-invoices
                         */
                        connection: string;
                        /** @description As its system calls it */
                        stream: string;
                        /** @description Where it lies in its stream */
                        at: string;
                        /**
                         * Format: date-time
                         * @description When it was read
                         */
                        receivedAt: string;
                        /** @description A code of the error catalogue */
                        code: string;
                        /** @description Where in the event, as a JSON pointer */
                        path: string;
                        /** @description Why it cannot go into the ledger */
                        detail: string;
                        /** @description All its problems, the first one first */
                        problems: {
                            /** @description A code of the error catalogue */
                            code: string;
                            /** @description Where in the event, as a JSON pointer */
                            path: string;
                            /** @description One sentence */
                            detail: string;
                        }[];
                        /** @description How long its value was */
                        bytes: number;
                        text: string | null;
                        answer: {
                            note: string;
                            by: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            at: string;
                        } | null;
                        headers: {
                            [key: string]: string;
                        };
                        /** @description Its value; of one that is longer than 64 kB the beginning */
                        base64: string;
                        /** @description How much of it is kept */
                        keptBytes: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMeters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The meter
                             * @example stripe-invoices
                             */
                            name: string;
                            version: number;
                            /** @description Open periods are counted by the active version */
                            active: boolean;
                            description: string;
                            /** @description Types of usage events that it counts */
                            events: string[];
                            aggregate: "sum" | "count" | "max" | "min" | "average" | "unique" | "latest";
                            unit: string | null;
                            /** @description SHA-256 over what the file says */
                            hash: string;
                            note: string | null;
                            /**
                             * Format: date-time
                             * @description When it was saved
                             */
                            createdAt: string;
                            createdBy: string;
                            /** @description Rolls that it has not counted yet */
                            behind: number;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMeter: {
        parameters: {
            query?: {
                /** @description Another than the active one */
                version?: number;
            };
            header?: never;
            path: {
                /** @description The meter */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The meter
                         * @example stripe-invoices
                         */
                        name: string;
                        version: number;
                        /** @description Open periods are counted by the active version */
                        active: boolean;
                        description: string;
                        /** @description Types of usage events that it counts */
                        events: string[];
                        aggregate: "sum" | "count" | "max" | "min" | "average" | "unique" | "latest";
                        unit: string | null;
                        /** @description SHA-256 over what the file says */
                        hash: string;
                        note: string | null;
                        /**
                         * Format: date-time
                         * @description When it was saved
                         */
                        createdAt: string;
                        createdBy: string;
                        /** @description Rolls that it has not counted yet */
                        behind: number;
                        yaml: string;
                        /** @description Any JSON value */
                        definition: unknown;
                        versions: {
                            /**
                             * @description The meter
                             * @example stripe-invoices
                             */
                            name: string;
                            version: number;
                            /** @description Open periods are counted by the active version */
                            active: boolean;
                            description: string;
                            /** @description Types of usage events that it counts */
                            events: string[];
                            aggregate: "sum" | "count" | "max" | "min" | "average" | "unique" | "latest";
                            unit: string | null;
                            /** @description SHA-256 over what the file says */
                            hash: string;
                            note: string | null;
                            /**
                             * Format: date-time
                             * @description When it was saved
                             */
                            createdAt: string;
                            createdBy: string;
                            /** @description Rolls that it has not counted yet */
                            behind: number;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putMeter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The meter */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The meter file */
                    yaml: string;
                    /** @description Why; kept with the version */
                    note?: string;
                    /**
                     * @description Make it the active version
                     * @default true
                     */
                    activate?: boolean;
                };
                "application/yaml": string;
                "text/yaml": string;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The meter
                         * @example stripe-invoices
                         */
                        name: string;
                        version: number;
                        /** @description Open periods are counted by the active version */
                        active: boolean;
                        description: string;
                        /** @description Types of usage events that it counts */
                        events: string[];
                        aggregate: "sum" | "count" | "max" | "min" | "average" | "unique" | "latest";
                        unit: string | null;
                        /** @description SHA-256 over what the file says */
                        hash: string;
                        note: string | null;
                        /**
                         * Format: date-time
                         * @description When it was saved
                         */
                        createdAt: string;
                        createdBy: string;
                        /** @description Rolls that it has not counted yet */
                        behind: number;
                        yaml: string;
                        /** @description Any JSON value */
                        definition: unknown;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    activateMeter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The meter */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                    /** @description Why; kept with the version */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The meter
                         * @example stripe-invoices
                         */
                        name: string;
                        version: number;
                        /** @description Open periods are counted by the active version */
                        active: boolean;
                        description: string;
                        /** @description Types of usage events that it counts */
                        events: string[];
                        aggregate: "sum" | "count" | "max" | "min" | "average" | "unique" | "latest";
                        unit: string | null;
                        /** @description SHA-256 over what the file says */
                        hash: string;
                        note: string | null;
                        /**
                         * Format: date-time
                         * @description When it was saved
                         */
                        createdAt: string;
                        createdBy: string;
                        /** @description Rolls that it has not counted yet */
                        behind: number;
                        yaml: string;
                        /** @description Any JSON value */
                        definition: unknown;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewMeter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The meter */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The meter file */
                    yaml: string;
                    /**
                     * @description Usage of so many days
                     * @default 31
                     */
                    days?: number;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                        problems: {
                            code: string;
                            path?: string;
                            detail: string;
                            remedy?: string;
                            /** @description 1 is the first */
                            line?: number;
                            column?: number;
                        }[];
                        /** @description Events that were read */
                        looked: number;
                        now: {
                            /** @description Events that it counts */
                            events: number;
                            /** @description Whose */
                            subjects: number;
                            /** @description What it wants and cannot read */
                            unreadable: {
                                reason: string;
                                events: number;
                                example: string | null;
                            }[];
                        } | null;
                        then: {
                            /** @description Events that it counts */
                            events: number;
                            /** @description Whose */
                            subjects: number;
                            /** @description What it wants and cannot read */
                            unreadable: {
                                reason: string;
                                events: number;
                                example: string | null;
                            }[];
                        } | null;
                        /** @description Quantities that would change, at most 50 */
                        differences: {
                            subject: string;
                            /** @description Group-by values */
                            dimensions: {
                                [key: string]: string;
                            };
                            now: string | null;
                            then: string | null;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSummaries: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
                customer?: string;
                /** @description The meter */
                meter?: string;
                /** @description A month, 2026-10, or a day, 2026-10-03 */
                period?: string;
                state?: "open" | "sealed" | "adjustment";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description A summary; `open_…` while its period is not sealed */
                            id: string;
                            /** @description `open`: computed from what is counted by now */
                            state: "open" | "sealed" | "adjustment";
                            kind: "period" | "adjustment" | "credit-request";
                            meter: string;
                            meterVersion: number;
                            aggregate: "sum" | "count" | "max" | "min" | "average" | "unique" | "latest";
                            /** @description Where it is billed */
                            period: string;
                            /** @description Where it was used; an earlier period for an adjustment */
                            usedIn: string;
                            /**
                             * Format: date-time
                             * @description Start of `period`, included
                             */
                            from: string;
                            /**
                             * Format: date-time
                             * @description End, not included
                             */
                            to: string;
                            customer: string;
                            subscription: string | null;
                            plan: string | null;
                            region: string | null;
                            legalEntity: string | null;
                            /** @description Group-by values */
                            dimensions: {
                                [key: string]: string;
                            };
                            /** @description Decimal text */
                            quantity: string;
                            unit: string | null;
                            /** @description Events behind it */
                            eventCount: number;
                            /** @description Events that it adds */
                            added: number;
                            /** @description Events that an adjustment takes away */
                            removed: number;
                            digest: string | null;
                            /** @description Events that were rolled up by then are in it */
                            roll: string;
                            adjusts: string | null;
                            canonicalId: string | null;
                            sealedAt: string | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSummary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A summary; `open_…` while its period is not sealed */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description A summary; `open_…` while its period is not sealed */
                        id: string;
                        /** @description `open`: computed from what is counted by now */
                        state: "open" | "sealed" | "adjustment";
                        kind: "period" | "adjustment" | "credit-request";
                        meter: string;
                        meterVersion: number;
                        aggregate: "sum" | "count" | "max" | "min" | "average" | "unique" | "latest";
                        /** @description Where it is billed */
                        period: string;
                        /** @description Where it was used; an earlier period for an adjustment */
                        usedIn: string;
                        /**
                         * Format: date-time
                         * @description Start of `period`, included
                         */
                        from: string;
                        /**
                         * Format: date-time
                         * @description End, not included
                         */
                        to: string;
                        customer: string;
                        subscription: string | null;
                        plan: string | null;
                        region: string | null;
                        legalEntity: string | null;
                        /** @description Group-by values */
                        dimensions: {
                            [key: string]: string;
                        };
                        /** @description Decimal text */
                        quantity: string;
                        unit: string | null;
                        /** @description Events behind it */
                        eventCount: number;
                        /** @description Events that it adds */
                        added: number;
                        /** @description Events that an adjustment takes away */
                        removed: number;
                        digest: string | null;
                        /** @description Events that were rolled up by then are in it */
                        roll: string;
                        adjusts: string | null;
                        canonicalId: string | null;
                        sealedAt: string | null;
                        documents: {
                            summary: string;
                            message: string;
                            flow: string;
                            state: string;
                            documentNumber: string | null;
                            reason: string | null;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSummaryEvents: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description A summary; `open_…` while its period is not sealed */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description A usage event
                             * @example ue_65536
                             */
                            event: string;
                            effect: "added" | "removed";
                            kind: "event" | "correction";
                            source: string;
                            /** @description Its id at its source */
                            id: string;
                            type: string;
                            subject: string | null;
                            /**
                             * Format: date-time
                             * @description When it was used
                             */
                            occurredAt: string;
                            /**
                             * Format: date-time
                             * @description When it was committed here
                             */
                            receivedAt: string;
                            value: string | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifySummary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A summary; `open_…` while its period is not sealed */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                        differs: ("added" | "removed" | "quantity" | "digest")[];
                        found: {
                            added: number;
                            removed: number;
                            /** @description Decimal text */
                            quantity: string;
                            digest: string | null;
                        };
                        summary: {
                            /** @description A summary; `open_…` while its period is not sealed */
                            id: string;
                            /** @description `open`: computed from what is counted by now */
                            state: "open" | "sealed" | "adjustment";
                            kind: "period" | "adjustment" | "credit-request";
                            meter: string;
                            meterVersion: number;
                            aggregate: "sum" | "count" | "max" | "min" | "average" | "unique" | "latest";
                            /** @description Where it is billed */
                            period: string;
                            /** @description Where it was used; an earlier period for an adjustment */
                            usedIn: string;
                            /**
                             * Format: date-time
                             * @description Start of `period`, included
                             */
                            from: string;
                            /**
                             * Format: date-time
                             * @description End, not included
                             */
                            to: string;
                            customer: string;
                            subscription: string | null;
                            plan: string | null;
                            region: string | null;
                            legalEntity: string | null;
                            /** @description Group-by values */
                            dimensions: {
                                [key: string]: string;
                            };
                            /** @description Decimal text */
                            quantity: string;
                            unit: string | null;
                            /** @description Events behind it */
                            eventCount: number;
                            /** @description Events that it adds */
                            added: number;
                            /** @description Events that an adjustment takes away */
                            removed: number;
                            digest: string | null;
                            /** @description Events that were rolled up by then are in it */
                            roll: string;
                            adjusts: string | null;
                            canonicalId: string | null;
                            sealedAt: string | null;
                        };
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sealPeriod: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A month, 2026-10, or a day, 2026-10-03 */
                period: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description One meter; all that have such a period when left out
                     * @example stripe-invoices
                     */
                    meter?: string;
                    /** @default false */
                    dryRun?: boolean;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        dryRun: boolean;
                        items: {
                            seal: string | null;
                            meter: string;
                            meterVersion: number;
                            period: string;
                            /**
                             * Format: date-time
                             * @description Start
                             */
                            from: string;
                            /**
                             * Format: date-time
                             * @description End, not included
                             */
                            to: string;
                            roll: string;
                            /** @description Summaries of the period */
                            summaries: number;
                            /** @description Events that nobody is known to pay for */
                            unattributed: number;
                            /** @description Events that the meter cannot read */
                            unreadable: number;
                            /** @description The first 200 that the caller may see */
                            items: {
                                /** @description A summary; `open_…` while its period is not sealed */
                                id: string;
                                /** @description `open`: computed from what is counted by now */
                                state: "open" | "sealed" | "adjustment";
                                kind: "period" | "adjustment" | "credit-request";
                                meter: string;
                                meterVersion: number;
                                aggregate: "sum" | "count" | "max" | "min" | "average" | "unique" | "latest";
                                /** @description Where it is billed */
                                period: string;
                                /** @description Where it was used; an earlier period for an adjustment */
                                usedIn: string;
                                /**
                                 * Format: date-time
                                 * @description Start of `period`, included
                                 */
                                from: string;
                                /**
                                 * Format: date-time
                                 * @description End, not included
                                 */
                                to: string;
                                customer: string;
                                subscription: string | null;
                                plan: string | null;
                                region: string | null;
                                legalEntity: string | null;
                                /** @description Group-by values */
                                dimensions: {
                                    [key: string]: string;
                                };
                                /** @description Decimal text */
                                quantity: string;
                                unit: string | null;
                                /** @description Events behind it */
                                eventCount: number;
                                /** @description Events that it adds */
                                added: number;
                                /** @description Events that an adjustment takes away */
                                removed: number;
                                digest: string | null;
                                /** @description Events that were rolled up by then are in it */
                                roll: string;
                                adjusts: string | null;
                                canonicalId: string | null;
                                sealedAt: string | null;
                            }[];
                            /** @description What came too late for earlier periods */
                            adjustments: {
                                /** @description A summary; `open_…` while its period is not sealed */
                                id: string;
                                /** @description `open`: computed from what is counted by now */
                                state: "open" | "sealed" | "adjustment";
                                kind: "period" | "adjustment" | "credit-request";
                                meter: string;
                                meterVersion: number;
                                aggregate: "sum" | "count" | "max" | "min" | "average" | "unique" | "latest";
                                /** @description Where it is billed */
                                period: string;
                                /** @description Where it was used; an earlier period for an adjustment */
                                usedIn: string;
                                /**
                                 * Format: date-time
                                 * @description Start of `period`, included
                                 */
                                from: string;
                                /**
                                 * Format: date-time
                                 * @description End, not included
                                 */
                                to: string;
                                customer: string;
                                subscription: string | null;
                                plan: string | null;
                                region: string | null;
                                legalEntity: string | null;
                                /** @description Group-by values */
                                dimensions: {
                                    [key: string]: string;
                                };
                                /** @description Decimal text */
                                quantity: string;
                                unit: string | null;
                                /** @description Events behind it */
                                eventCount: number;
                                /** @description Events that it adds */
                                added: number;
                                /** @description Events that an adjustment takes away */
                                removed: number;
                                digest: string | null;
                                /** @description Events that were rolled up by then are in it */
                                roll: string;
                                adjusts: string | null;
                                canonicalId: string | null;
                                sealedAt: string | null;
                                /** @description Documents that it touches */
                                documents: {
                                    summary: string;
                                    message: string;
                                    flow: string;
                                    state: string;
                                    documentNumber: string | null;
                                    reason: string | null;
                                }[];
                            }[];
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSeals: {
        parameters: {
            query?: {
                /** @description The meter */
                meter?: string;
                /** @description A month, 2026-10, or a day, 2026-10-03 */
                period?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The seal
                             * @example usl_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            meter: string;
                            meterVersion: number;
                            period: string;
                            /**
                             * Format: date-time
                             * @description Start
                             */
                            from: string;
                            /**
                             * Format: date-time
                             * @description End, not included
                             */
                            to: string;
                            roll: string;
                            /** @description Summaries */
                            summaries: number;
                            /** @description Events that nobody was known to pay for */
                            unattributed: number;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            sealedAt: string;
                            sealedBy: string;
                            reason: string | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPendingAdjustments: {
        parameters: {
            query?: {
                /** @description The meter */
                meter?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description A summary; `open_…` while its period is not sealed */
                            id: string;
                            /** @description `open`: computed from what is counted by now */
                            state: "open" | "sealed" | "adjustment";
                            kind: "period" | "adjustment" | "credit-request";
                            meter: string;
                            meterVersion: number;
                            aggregate: "sum" | "count" | "max" | "min" | "average" | "unique" | "latest";
                            /** @description Where it is billed */
                            period: string;
                            /** @description Where it was used; an earlier period for an adjustment */
                            usedIn: string;
                            /**
                             * Format: date-time
                             * @description Start of `period`, included
                             */
                            from: string;
                            /**
                             * Format: date-time
                             * @description End, not included
                             */
                            to: string;
                            customer: string;
                            subscription: string | null;
                            plan: string | null;
                            region: string | null;
                            legalEntity: string | null;
                            /** @description Group-by values */
                            dimensions: {
                                [key: string]: string;
                            };
                            /** @description Decimal text */
                            quantity: string;
                            unit: string | null;
                            /** @description Events behind it */
                            eventCount: number;
                            /** @description Events that it adds */
                            added: number;
                            /** @description Events that an adjustment takes away */
                            removed: number;
                            digest: string | null;
                            /** @description Events that were rolled up by then are in it */
                            roll: string;
                            adjusts: string | null;
                            canonicalId: string | null;
                            sealedAt: string | null;
                            /** @description Documents that it touches */
                            documents: {
                                summary: string;
                                message: string;
                                flow: string;
                                state: string;
                                documentNumber: string | null;
                                reason: string | null;
                            }[];
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUnattributed: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description The meter */
                meter?: string;
                /** @description A month, 2026-10, or a day, 2026-10-03 */
                period?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            subject: string | null;
                            meter: string;
                            meterVersion: number;
                            period: string;
                            /** @description Group-by values */
                            dimensions: {
                                [key: string]: string;
                            };
                            /** @description Decimal text */
                            quantity: string;
                            unit: string | null;
                            eventCount: number;
                            /**
                             * Format: date
                             * @description First day of use
                             */
                            firstSeen: string;
                            /**
                             * Format: date
                             * @description Last day of use
                             */
                            lastSeen: string;
                            /** @description `ambiguous`: several customers or subscriptions have this name */
                            reason: "unknown" | "ambiguous";
                            atRisk: {
                                amount: string;
                                currency: string;
                            } | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUnreadable: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description The meter */
                meter?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description A usage event
                             * @example ue_65536
                             */
                            event: string;
                            meter: string;
                            meterVersion: number;
                            subject: string | null;
                            reason: string;
                            said: string | null;
                            /**
                             * Format: date-time
                             * @description Start of the hour or day that it was used in
                             */
                            from: string;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    traceUsageEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A usage event */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description A usage event
                         * @example ue_65536
                         */
                        event: string;
                        chain: {
                            /**
                             * @description A usage event
                             * @example ue_65536
                             */
                            event: string;
                            kind: "event" | "correction" | "cancellation";
                            type: string;
                            subject: string | null;
                            reason: string | null;
                            roll: string | null;
                            /**
                             * Format: date-time
                             * @description When it was committed here
                             */
                            receivedAt: string;
                            /**
                             * Format: date-time
                             * @description When it was used
                             */
                            occurredAt: string;
                        }[];
                        summaries: {
                            /**
                             * @description A usage event
                             * @example ue_65536
                             */
                            event: string;
                            /**
                             * @description The summary
                             * @example usm_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            summary: string;
                            kind: "period" | "adjustment" | "credit-request";
                            meter: string;
                            period: string;
                            usedIn: string;
                            effect: "added" | "removed";
                            /** @description Decimal text */
                            quantity: string;
                        }[];
                        documents: {
                            summary: string;
                            message: string;
                            flow: string;
                            state: string;
                            documentNumber: string | null;
                            reason: string | null;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    explainBilling: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A usage event */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description A usage event
                         * @example ue_65536
                         */
                        event: string;
                        inForce: string | null;
                        meters: {
                            meter: string | null;
                            billed: boolean;
                            stopsAt: ("ledgered" | "in-force" | "counted" | "metered" | "readable" | "attributed" | "sealed" | "handed-on" | "posted") | null;
                            because: string | null;
                            remedy: string | null;
                            path: {
                                step: "ledgered" | "in-force" | "counted" | "metered" | "readable" | "attributed" | "sealed" | "handed-on" | "posted";
                                done: boolean;
                                detail: string;
                                remedy?: string;
                            }[];
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUsageControl: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                        lag: {
                            roll: string;
                            /** @description Commits that wait for the roll-up */
                            waitingCommits: number;
                            /** @description Their events */
                            waitingEvents: number;
                            /** @description Age of the oldest of them */
                            oldestSeconds: number;
                            /** @description Versions that still count the past */
                            meters: {
                                meter: string;
                                version: number;
                                behind: number;
                            }[];
                        };
                        events: {
                            /** @description What the doors said yes to */
                            accepted: number;
                            /** @description What lies in the ledger */
                            ledgered: number;
                            /** @description Counted, and somebody pays for it */
                            summarised: number;
                            /** @description Counted, and nobody is known to pay for it */
                            unattributed: number;
                            /** @description Wanted by no meter */
                            unused: number;
                            /** @description Wanted, and read by no meter */
                            unreadable: number;
                            /** @description Corrected or cancelled, and cancellations */
                            takenBack: number;
                            /** @description On one side and not on the other; 0 is green */
                            difference: number;
                        };
                        streams: {
                            /** @description Records that were read from streams */
                            read: number;
                            /** @description Events of them that are new */
                            accepted: number;
                            /** @description Records that were there already */
                            duplicates: number;
                            /** @description Events whose source and id are there with other content */
                            conflicts: number;
                            /** @description Records that cannot go into the ledger, and are kept */
                            refused: number;
                            /** @description Kept records that nobody has answered, stretches that were lost among them */
                            open: number;
                            /** @description Records that are neither in the ledger nor kept; 0 is green */
                            difference: number;
                        };
                        meters: {
                            meter: string;
                            version: number;
                            /** @description Events, counted from the ledger */
                            counted: number;
                            /** @description Events in its buckets */
                            booked: number;
                            /** @description Events that it cannot read, from the ledger */
                            unreadable: number;
                            /** @description The same, as it lists them */
                            listed: number;
                        }[];
                        differences: {
                            slice: string;
                            difference: number;
                            facts: {
                                [key: string]: string;
                            };
                            /**
                             * Format: date-time
                             * @description When
                             */
                            checkedAt: string;
                        }[];
                        /** @description Slices that it is checked in */
                        slices: number;
                        /** @description Slices that changed since they were checked */
                        due: number;
                        oldestCheckAt: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUsageActivity: {
        parameters: {
            query: {
                /** @description The meter */
                meter: string;
                /** @description Start, included */
                from: string;
                /** @description End, not included */
                to: string;
                /** @description Who used it; everybody when left out */
                subject?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        meter: string;
                        meterVersion: number;
                        grain: "hour" | "day";
                        /** @description In which its days begin */
                        timeZone: string;
                        items: {
                            /**
                             * Format: date-time
                             * @description Start of the hour or day
                             */
                            from: string;
                            /** @description Events that it counted */
                            events: number;
                            /** @description Whose */
                            subjects: number;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compareUsage: {
        parameters: {
            query: {
                /** @description On the left; all when left out */
                customer?: string;
                /** @description A month, 2026-10, or a day, 2026-10-03 */
                period: string;
                /** @description On the right; that of the left when left out */
                otherCustomer?: string;
                /** @description A month, 2026-10, or a day, 2026-10-03 */
                otherPeriod?: string;
                /** @description The meter */
                meter?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            meter: string;
                            unit: string | null;
                            /** @description Group-by values */
                            dimensions: {
                                [key: string]: string;
                            };
                            left: string | null;
                            right: string | null;
                            /** @description Events behind the left */
                            leftEvents: number;
                            /** @description Events behind the right */
                            rightEvents: number;
                            /** @description Right less left, decimal text */
                            difference: string;
                            percent: string | null;
                        }[];
                        /** @description Meters of which a side has several quantities that cannot be added up, such as counts of different values */
                        leftOut: string[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportUsageEvents: {
        parameters: {
            query?: {
                format?: "csv" | "jsonl";
                subject?: string;
                type?: string;
                source?: string;
                /** @description The id that the source gave; needs source. Or `ue_…` */
                id?: string;
                state?: "accepted" | "corrected" | "cancelled" | "correction" | "cancellation" | "conflict";
                /** @description Used at or after */
                occurredFrom?: string;
                /** @description Used before */
                occurredTo?: string;
                /** @description Received at or after */
                receivedFrom?: string;
                /** @description Received before */
                receivedTo?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportUsageSummaries: {
        parameters: {
            query?: {
                format?: "csv" | "jsonl";
                customer?: string;
                /** @description The meter */
                meter?: string;
                /** @description A month, 2026-10, or a day, 2026-10-03 */
                period?: string;
                state?: "open" | "sealed" | "adjustment";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConnectors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            name: string;
                            title: string;
                            summary: string;
                            vendorApi: string;
                            /** @description Markdown */
                            documentation: string;
                            /** @description Any JSON value */
                            settings: unknown;
                            webhook: boolean;
                            streams: {
                                name: string;
                                title: string;
                                summary: string;
                                kind: string;
                                polls: boolean;
                                becomes: string | null;
                            }[];
                            operations: {
                                name: string;
                                title: string;
                                summary: string;
                                kind: string;
                                document: string;
                                effects: string[];
                                idempotency: string;
                                /** @description Any JSON value */
                                input: unknown;
                            }[];
                            lookups: {
                                name: string;
                                title: string;
                                summary: string;
                                /** @description Any JSON value */
                                by: unknown;
                            }[];
                            limits: {
                                /** @description Calls at the same time, over all flows and processes */
                                concurrency: number;
                                perSecond: number | null;
                                perDay: number | null;
                                scope: string;
                            };
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConnections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The connection
                             * @example stripe-invoices
                             */
                            name: string;
                            connector: string;
                            description: string;
                            state: "on" | "paused";
                            /** @description Vendor and account: the source system and the target ledger */
                            system: string;
                            /** @description What holds now */
                            limits: {
                                /** @description Calls at the same time, over all flows and processes */
                                concurrency: number;
                                perSecond: number | null;
                                perDay: number | null;
                                /** @description Which of them were set for this connection */
                                own: string[];
                            };
                            /** @description Secret fields show only `{ "set": true, "at": … }` */
                            settings: {
                                [key: string]: unknown;
                            };
                            webhookUrl: string | null;
                            consent: {
                                /** @description To be entered at the vendor, exactly as it is */
                                redirectUri: string;
                                /** @description Settings that must be there before */
                                missing: string[];
                                scopesWanted: string[];
                                given: {
                                    /**
                                     * Format: date-time
                                     * @description When
                                     */
                                    at: string;
                                    /** @description Who connected it */
                                    by: string;
                                    /** @description The account at the vendor */
                                    account: string;
                                    scopesGranted: string[] | null;
                                    /** @description Wanted now, and not given */
                                    scopesMissing: string[];
                                } | null;
                                login: {
                                    renewedAt: string | null;
                                    goodUntil: string | null;
                                    refusedAt: string | null;
                                    refusedBecause: string | null;
                                } | null;
                            } | null;
                            flows: string[];
                            health: {
                                /** @description `open`: calls are paused after failures */
                                state: "unknown" | "ok" | "failing" | "open";
                                since: string | null;
                                detail: string | null;
                                lastSuccessAt: string | null;
                            };
                            /**
                             * Format: date-time
                             * @description Last change
                             */
                            updatedAt: string;
                            updatedBy: string;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The connection
                         * @example stripe-invoices
                         */
                        name: string;
                        connector: string;
                        description: string;
                        state: "on" | "paused";
                        /** @description Vendor and account: the source system and the target ledger */
                        system: string;
                        /** @description What holds now */
                        limits: {
                            /** @description Calls at the same time, over all flows and processes */
                            concurrency: number;
                            perSecond: number | null;
                            perDay: number | null;
                            /** @description Which of them were set for this connection */
                            own: string[];
                        };
                        /** @description Secret fields show only `{ "set": true, "at": … }` */
                        settings: {
                            [key: string]: unknown;
                        };
                        webhookUrl: string | null;
                        consent: {
                            /** @description To be entered at the vendor, exactly as it is */
                            redirectUri: string;
                            /** @description Settings that must be there before */
                            missing: string[];
                            scopesWanted: string[];
                            given: {
                                /**
                                 * Format: date-time
                                 * @description When
                                 */
                                at: string;
                                /** @description Who connected it */
                                by: string;
                                /** @description The account at the vendor */
                                account: string;
                                scopesGranted: string[] | null;
                                /** @description Wanted now, and not given */
                                scopesMissing: string[];
                            } | null;
                            login: {
                                renewedAt: string | null;
                                goodUntil: string | null;
                                refusedAt: string | null;
                                refusedBecause: string | null;
                            } | null;
                        } | null;
                        flows: string[];
                        health: {
                            /** @description `open`: calls are paused after failures */
                            state: "unknown" | "ok" | "failing" | "open";
                            since: string | null;
                            detail: string | null;
                            lastSuccessAt: string | null;
                        };
                        /**
                         * Format: date-time
                         * @description Last change
                         */
                        updatedAt: string;
                        updatedBy: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    connector: string;
                    /** @description What it is for */
                    description?: string;
                    settings: {
                        [key: string]: unknown;
                    };
                    /** @description Overrides the account that the connector finds in the settings; cannot change once messages exist */
                    system?: string;
                    /** @description Instead of what the connector says; a field that is null or left out is as the connector says. Left out as a whole: as they are */
                    limits?: {
                        concurrency?: number | null;
                        perSecond?: number | null;
                        perDay?: number | null;
                    };
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The connection
                         * @example stripe-invoices
                         */
                        name: string;
                        connector: string;
                        description: string;
                        state: "on" | "paused";
                        /** @description Vendor and account: the source system and the target ledger */
                        system: string;
                        /** @description What holds now */
                        limits: {
                            /** @description Calls at the same time, over all flows and processes */
                            concurrency: number;
                            perSecond: number | null;
                            perDay: number | null;
                            /** @description Which of them were set for this connection */
                            own: string[];
                        };
                        /** @description Secret fields show only `{ "set": true, "at": … }` */
                        settings: {
                            [key: string]: unknown;
                        };
                        webhookUrl: string | null;
                        consent: {
                            /** @description To be entered at the vendor, exactly as it is */
                            redirectUri: string;
                            /** @description Settings that must be there before */
                            missing: string[];
                            scopesWanted: string[];
                            given: {
                                /**
                                 * Format: date-time
                                 * @description When
                                 */
                                at: string;
                                /** @description Who connected it */
                                by: string;
                                /** @description The account at the vendor */
                                account: string;
                                scopesGranted: string[] | null;
                                /** @description Wanted now, and not given */
                                scopesMissing: string[];
                            } | null;
                            login: {
                                renewedAt: string | null;
                                goodUntil: string | null;
                                refusedAt: string | null;
                                refusedBecause: string | null;
                            } | null;
                        } | null;
                        flows: string[];
                        health: {
                            /** @description `open`: calls are paused after failures */
                            state: "unknown" | "ok" | "failing" | "open";
                            since: string | null;
                            detail: string | null;
                            lastSuccessAt: string | null;
                        };
                        /**
                         * Format: date-time
                         * @description Last change
                         */
                        updatedAt: string;
                        updatedBy: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                        steps: {
                            name: string;
                            ok: boolean;
                            detail: string;
                            remedy?: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The connection
                         * @example stripe-invoices
                         */
                        name: string;
                        connector: string;
                        description: string;
                        state: "on" | "paused";
                        /** @description Vendor and account: the source system and the target ledger */
                        system: string;
                        /** @description What holds now */
                        limits: {
                            /** @description Calls at the same time, over all flows and processes */
                            concurrency: number;
                            perSecond: number | null;
                            perDay: number | null;
                            /** @description Which of them were set for this connection */
                            own: string[];
                        };
                        /** @description Secret fields show only `{ "set": true, "at": … }` */
                        settings: {
                            [key: string]: unknown;
                        };
                        webhookUrl: string | null;
                        consent: {
                            /** @description To be entered at the vendor, exactly as it is */
                            redirectUri: string;
                            /** @description Settings that must be there before */
                            missing: string[];
                            scopesWanted: string[];
                            given: {
                                /**
                                 * Format: date-time
                                 * @description When
                                 */
                                at: string;
                                /** @description Who connected it */
                                by: string;
                                /** @description The account at the vendor */
                                account: string;
                                scopesGranted: string[] | null;
                                /** @description Wanted now, and not given */
                                scopesMissing: string[];
                            } | null;
                            login: {
                                renewedAt: string | null;
                                goodUntil: string | null;
                                refusedAt: string | null;
                                refusedBecause: string | null;
                            } | null;
                        } | null;
                        flows: string[];
                        health: {
                            /** @description `open`: calls are paused after failures */
                            state: "unknown" | "ok" | "failing" | "open";
                            since: string | null;
                            detail: string | null;
                            lastSuccessAt: string | null;
                        };
                        /**
                         * Format: date-time
                         * @description Last change
                         */
                        updatedAt: string;
                        updatedBy: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The connection
                         * @example stripe-invoices
                         */
                        name: string;
                        connector: string;
                        description: string;
                        state: "on" | "paused";
                        /** @description Vendor and account: the source system and the target ledger */
                        system: string;
                        /** @description What holds now */
                        limits: {
                            /** @description Calls at the same time, over all flows and processes */
                            concurrency: number;
                            perSecond: number | null;
                            perDay: number | null;
                            /** @description Which of them were set for this connection */
                            own: string[];
                        };
                        /** @description Secret fields show only `{ "set": true, "at": … }` */
                        settings: {
                            [key: string]: unknown;
                        };
                        webhookUrl: string | null;
                        consent: {
                            /** @description To be entered at the vendor, exactly as it is */
                            redirectUri: string;
                            /** @description Settings that must be there before */
                            missing: string[];
                            scopesWanted: string[];
                            given: {
                                /**
                                 * Format: date-time
                                 * @description When
                                 */
                                at: string;
                                /** @description Who connected it */
                                by: string;
                                /** @description The account at the vendor */
                                account: string;
                                scopesGranted: string[] | null;
                                /** @description Wanted now, and not given */
                                scopesMissing: string[];
                            } | null;
                            login: {
                                renewedAt: string | null;
                                goodUntil: string | null;
                                refusedAt: string | null;
                                refusedBecause: string | null;
                            } | null;
                        } | null;
                        flows: string[];
                        health: {
                            /** @description `open`: calls are paused after failures */
                            state: "unknown" | "ok" | "failing" | "open";
                            since: string | null;
                            detail: string | null;
                            lastSuccessAt: string | null;
                        };
                        /**
                         * Format: date-time
                         * @description Last change
                         */
                        updatedAt: string;
                        updatedBy: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tryConnectionNow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The connection
                         * @example stripe-invoices
                         */
                        name: string;
                        connector: string;
                        description: string;
                        state: "on" | "paused";
                        /** @description Vendor and account: the source system and the target ledger */
                        system: string;
                        /** @description What holds now */
                        limits: {
                            /** @description Calls at the same time, over all flows and processes */
                            concurrency: number;
                            perSecond: number | null;
                            perDay: number | null;
                            /** @description Which of them were set for this connection */
                            own: string[];
                        };
                        /** @description Secret fields show only `{ "set": true, "at": … }` */
                        settings: {
                            [key: string]: unknown;
                        };
                        webhookUrl: string | null;
                        consent: {
                            /** @description To be entered at the vendor, exactly as it is */
                            redirectUri: string;
                            /** @description Settings that must be there before */
                            missing: string[];
                            scopesWanted: string[];
                            given: {
                                /**
                                 * Format: date-time
                                 * @description When
                                 */
                                at: string;
                                /** @description Who connected it */
                                by: string;
                                /** @description The account at the vendor */
                                account: string;
                                scopesGranted: string[] | null;
                                /** @description Wanted now, and not given */
                                scopesMissing: string[];
                            } | null;
                            login: {
                                renewedAt: string | null;
                                goodUntil: string | null;
                                refusedAt: string | null;
                                refusedBecause: string | null;
                            } | null;
                        } | null;
                        flows: string[];
                        health: {
                            /** @description `open`: calls are paused after failures */
                            state: "unknown" | "ok" | "failing" | "open";
                            since: string | null;
                            detail: string | null;
                            lastSuccessAt: string | null;
                        };
                        /**
                         * Format: date-time
                         * @description Last change
                         */
                        updatedAt: string;
                        updatedBy: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFlows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The flow
                             * @example stripe-invoices
                             */
                            name: string;
                            description: string;
                            /** @description `draining`: what was in when it began goes out, what comes later waits; then it is `paused` */
                            state: "on" | "paused" | "draining";
                            /** @description Who gets the calls of a connection first */
                            priority: "high" | "normal" | "low";
                            source: {
                                connection: string | null;
                                stream: string | null;
                                canonical: string | null;
                            };
                            target: {
                                connection: string | null;
                                operation: string | null;
                                canonical: string | null;
                            };
                            mapping: string;
                            release: {
                                version: number;
                                hash: string;
                                note: string | null;
                                /**
                                 * Format: date-time
                                 * @description When
                                 */
                                createdAt: string;
                                createdBy: string;
                            };
                            approver: string | null;
                            candidate: {
                                /**
                                 * @description The release
                                 * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                                 */
                                id: string;
                                version: number;
                                /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                                state: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                                share: {
                                    percent: number | null;
                                    entities: string[] | null;
                                } | null;
                            } | null;
                            /** @description Messages by state; final states over the last 24 hours */
                            counts: {
                                [key: string]: number;
                            };
                            lastMessageAt: string | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFlow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The flow
                         * @example stripe-invoices
                         */
                        name: string;
                        description: string;
                        /** @description `draining`: what was in when it began goes out, what comes later waits; then it is `paused` */
                        state: "on" | "paused" | "draining";
                        /** @description Who gets the calls of a connection first */
                        priority: "high" | "normal" | "low";
                        source: {
                            connection: string | null;
                            stream: string | null;
                            canonical: string | null;
                        };
                        target: {
                            connection: string | null;
                            operation: string | null;
                            canonical: string | null;
                        };
                        mapping: string;
                        release: {
                            version: number;
                            hash: string;
                            note: string | null;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            createdAt: string;
                            createdBy: string;
                        };
                        approver: string | null;
                        candidate: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                            state: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                            share: {
                                percent: number | null;
                                entities: string[] | null;
                            } | null;
                        } | null;
                        /** @description Messages by state; final states over the last 24 hours */
                        counts: {
                            [key: string]: number;
                        };
                        lastMessageAt: string | null;
                        yaml: string;
                        /** @description Any JSON value */
                        definition: unknown;
                        releases: {
                            version: number;
                            hash: string;
                            note: string | null;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            createdAt: string;
                            createdBy: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putFlow: {
        parameters: {
            query?: {
                /** @description Live nowhere yet: to be compared, approved, shared and made live later */
                draft?: boolean;
            };
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    yaml?: string;
                    definition?: {
                        [key: string]: unknown;
                    };
                    /** @description Why; kept with the version */
                    note?: string;
                    /** @description Live nowhere yet: to be compared, approved, shared and made live later */
                    draft?: boolean;
                    /** @description Of its mapping; left out: the one that is live in the flow */
                    mappingVersion?: number;
                };
                "application/yaml": string;
                "text/yaml": string;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The flow
                         * @example stripe-invoices
                         */
                        name: string;
                        description: string;
                        /** @description `draining`: what was in when it began goes out, what comes later waits; then it is `paused` */
                        state: "on" | "paused" | "draining";
                        /** @description Who gets the calls of a connection first */
                        priority: "high" | "normal" | "low";
                        source: {
                            connection: string | null;
                            stream: string | null;
                            canonical: string | null;
                        };
                        target: {
                            connection: string | null;
                            operation: string | null;
                            canonical: string | null;
                        };
                        mapping: string;
                        release: {
                            version: number;
                            hash: string;
                            note: string | null;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            createdAt: string;
                            createdBy: string;
                        };
                        approver: string | null;
                        candidate: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                            state: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                            share: {
                                percent: number | null;
                                entities: string[] | null;
                            } | null;
                        } | null;
                        /** @description Messages by state; final states over the last 24 hours */
                        counts: {
                            [key: string]: number;
                        };
                        lastMessageAt: string | null;
                        made: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                            state: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                        } | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkFlow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    yaml: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                        problems: {
                            code: string;
                            path?: string;
                            detail: string;
                            remedy?: string;
                            /** @description 1 is the first */
                            line?: number;
                            column?: number;
                        }[];
                        definition: unknown | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseFlow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The flow
                         * @example stripe-invoices
                         */
                        name: string;
                        description: string;
                        /** @description `draining`: what was in when it began goes out, what comes later waits; then it is `paused` */
                        state: "on" | "paused" | "draining";
                        /** @description Who gets the calls of a connection first */
                        priority: "high" | "normal" | "low";
                        source: {
                            connection: string | null;
                            stream: string | null;
                            canonical: string | null;
                        };
                        target: {
                            connection: string | null;
                            operation: string | null;
                            canonical: string | null;
                        };
                        mapping: string;
                        release: {
                            version: number;
                            hash: string;
                            note: string | null;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            createdAt: string;
                            createdBy: string;
                        };
                        approver: string | null;
                        candidate: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                            state: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                            share: {
                                percent: number | null;
                                entities: string[] | null;
                            } | null;
                        } | null;
                        /** @description Messages by state; final states over the last 24 hours */
                        counts: {
                            [key: string]: number;
                        };
                        lastMessageAt: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    drainFlow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The flow
                         * @example stripe-invoices
                         */
                        name: string;
                        description: string;
                        /** @description `draining`: what was in when it began goes out, what comes later waits; then it is `paused` */
                        state: "on" | "paused" | "draining";
                        /** @description Who gets the calls of a connection first */
                        priority: "high" | "normal" | "low";
                        source: {
                            connection: string | null;
                            stream: string | null;
                            canonical: string | null;
                        };
                        target: {
                            connection: string | null;
                            operation: string | null;
                            canonical: string | null;
                        };
                        mapping: string;
                        release: {
                            version: number;
                            hash: string;
                            note: string | null;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            createdAt: string;
                            createdBy: string;
                        };
                        approver: string | null;
                        candidate: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                            state: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                            share: {
                                percent: number | null;
                                entities: string[] | null;
                            } | null;
                        } | null;
                        /** @description Messages by state; final states over the last 24 hours */
                        counts: {
                            [key: string]: number;
                        };
                        lastMessageAt: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeFlow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The flow
                         * @example stripe-invoices
                         */
                        name: string;
                        description: string;
                        /** @description `draining`: what was in when it began goes out, what comes later waits; then it is `paused` */
                        state: "on" | "paused" | "draining";
                        /** @description Who gets the calls of a connection first */
                        priority: "high" | "normal" | "low";
                        source: {
                            connection: string | null;
                            stream: string | null;
                            canonical: string | null;
                        };
                        target: {
                            connection: string | null;
                            operation: string | null;
                            canonical: string | null;
                        };
                        mapping: string;
                        release: {
                            version: number;
                            hash: string;
                            note: string | null;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            createdAt: string;
                            createdBy: string;
                        };
                        approver: string | null;
                        candidate: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                            state: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                            share: {
                                percent: number | null;
                                entities: string[] | null;
                            } | null;
                        } | null;
                        /** @description Messages by state; final states over the last 24 hours */
                        counts: {
                            [key: string]: number;
                        };
                        lastMessageAt: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMappings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            name: string;
                            version: number;
                            /**
                             * Format: date-time
                             * @description Last version
                             */
                            updatedAt: string;
                            updatedBy: string;
                            usedBy: string[];
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMapping: {
        parameters: {
            query?: {
                version?: number;
            };
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        version: number;
                        source: string;
                        versions: {
                            version: number;
                            hash: string;
                            note: string | null;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            createdAt: string;
                            createdBy: string;
                            /** @description Live in no flow, saved with a draft */
                            draft: boolean;
                        }[];
                        usedBy: {
                            flow: string;
                            /** @description Live in the flow */
                            version: number;
                            produce: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putMapping: {
        parameters: {
            query?: {
                /** @description Live nowhere yet: to be compared, approved, shared and made live later */
                draft?: boolean;
            };
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source: string;
                    /** @description Why; kept with the version */
                    note?: string;
                    /** @description Refuse when somebody else saved in between */
                    expectedVersion?: number;
                    /** @description Live nowhere yet: to be compared, approved, shared and made live later */
                    draft?: boolean;
                };
                "text/plain": string;
                "application/jsonata": string;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        version: number;
                        unchanged: boolean;
                        /** @description Flows in which it is live now */
                        released: string[];
                        /** @description Releases that wait as drafts */
                        drafts: {
                            flow: string;
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            releaseId: string;
                            version: number;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    overrideMapping: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source: string;
                    /** @description Why; kept with the version */
                    note?: string;
                    /** @description Refuse when somebody else saved in between */
                    expectedVersion?: number;
                    /** @description Live nowhere yet: to be compared, approved, shared and made live later */
                    draft?: boolean;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        version: number;
                        unchanged: boolean;
                        /** @description Flows in which it is live now */
                        released: string[];
                        /** @description Releases that wait as drafts */
                        drafts: {
                            flow: string;
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            releaseId: string;
                            version: number;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    evaluateMapping: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source: string;
                    input: unknown;
                    enriched?: {
                        [key: string]: unknown;
                    };
                    /** @description Run as this flow would: its enrich, its produce schema */
                    flow?: string;
                    /**
                     * Format: date-time
                     * @description For table look-ups
                     */
                    asOf?: string;
                    /** @description What `$delivery` says */
                    delivery?: {
                        [key: string]: unknown;
                    };
                    /** @description What `$revision` says */
                    revision?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                        output?: unknown;
                        enriched?: unknown;
                        error?: {
                            code: string;
                            message: string;
                            position?: number;
                            category?: string;
                        };
                        /** @description Where the output does not fit the schema */
                        problems: {
                            code: string;
                            path?: string;
                            detail: string;
                            remedy?: string;
                            /** @description 1 is the first */
                            line?: number;
                            column?: number;
                        }[];
                        ms: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkMapping: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                        problems: {
                            code: string;
                            path?: string;
                            detail: string;
                            remedy?: string;
                            /** @description 1 is the first */
                            line?: number;
                            column?: number;
                        }[];
                        /** @description What is probably not meant; it does not stop a save */
                        warnings: {
                            code: string;
                            path?: string;
                            detail: string;
                            remedy?: string;
                            /** @description 1 is the first */
                            line?: number;
                            column?: number;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMappingFields: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Recorded payloads that were looked through, at most 200 */
                        payloads: number;
                        /** @description At most 2,000 */
                        fields: {
                            root: "source" | "enriched";
                            /** @description Names; lists are passed through */
                            path: string[];
                            /** @description As JSON names them, the most frequent first */
                            types: string[];
                            /** @description Objects around it in which it is there and not null */
                            filled: number;
                            /** @description Objects around it */
                            of: number;
                            example: string | null;
                        }[];
                        /** @description There are more fields */
                        more: boolean;
                        source: {
                            name: string;
                            /** @description Any JSON value */
                            schema: unknown;
                        } | null;
                        /** @description What the mapping has to give, by flow */
                        targets: {
                            flow: string;
                            name: string;
                            /** @description Any JSON value */
                            schema: unknown;
                            /** @description Fields that the engine sets itself, whatever the mapping gives */
                            stamps: string[];
                        }[];
                        tables: {
                            name: string;
                            title: string;
                            key: string[];
                            columns: string[];
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSamples: {
        parameters: {
            query?: {
                limit?: number;
                /** @description Beginning of a document key, a title or a message id */
                q?: string;
            };
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            messageId: string;
                            flow: string;
                            title: string | null;
                            state: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            receivedAt: string;
                            /**
                             * Format: date-time
                             * @description When it happened, by the clock of the source: the day that tables are read on
                             */
                            occurredAt: string;
                            /** @description `$revision` */
                            revision: string;
                            /** @description Any JSON value */
                            facts: unknown;
                            /** @description Any JSON value */
                            delivery: unknown;
                            /** @description Any JSON value */
                            input: unknown;
                            enriched: unknown | null;
                            output: unknown | null;
                            hash: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTables: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The table
                             * @example stripe-invoices
                             */
                            name: string;
                            title: string;
                            description: string;
                            key: string[];
                            columns: {
                                name: string;
                                type: "text" | "decimal" | "date" | "boolean";
                                required: boolean;
                                description?: string;
                            }[];
                            governed: boolean;
                            approver: string | null;
                            /** @description Drafts that are open or submitted */
                            liveDrafts: number;
                            /** @description Grows with every change of a row */
                            version: number;
                            /** @description Rows valid today */
                            rows: number;
                            /** @description Flows that read it */
                            usedBy: string[];
                            /**
                             * Format: date-time
                             * @description Last change
                             */
                            updatedAt: string;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The table
                         * @example stripe-invoices
                         */
                        name: string;
                        title: string;
                        description: string;
                        key: string[];
                        columns: {
                            name: string;
                            type: "text" | "decimal" | "date" | "boolean";
                            required: boolean;
                            description?: string;
                        }[];
                        governed: boolean;
                        approver: string | null;
                        /** @description Drafts that are open or submitted */
                        liveDrafts: number;
                        /** @description Grows with every change of a row */
                        version: number;
                        /** @description Rows valid today */
                        rows: number;
                        /** @description Flows that read it */
                        usedBy: string[];
                        /**
                         * Format: date-time
                         * @description Last change
                         */
                        updatedAt: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putTable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    title: string;
                    /** @description What it is for */
                    description?: string;
                    key: string[];
                    columns: {
                        name: string;
                        type: "text" | "decimal" | "date" | "boolean";
                        required?: boolean;
                        /** @description Meaning */
                        description?: string;
                    }[];
                    governed?: boolean;
                    rows?: {
                        key: {
                            [key: string]: string;
                        };
                        values: {
                            [key: string]: string | null;
                        };
                        validFrom?: string | null;
                        validTo?: string | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The table
                         * @example stripe-invoices
                         */
                        name: string;
                        title: string;
                        description: string;
                        key: string[];
                        columns: {
                            name: string;
                            type: "text" | "decimal" | "date" | "boolean";
                            required: boolean;
                            description?: string;
                        }[];
                        governed: boolean;
                        approver: string | null;
                        /** @description Drafts that are open or submitted */
                        liveDrafts: number;
                        /** @description Grows with every change of a row */
                        version: number;
                        /** @description Rows valid today */
                        rows: number;
                        /** @description Flows that read it */
                        usedBy: string[];
                        /**
                         * Format: date-time
                         * @description Last change
                         */
                        updatedAt: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTableSnapshot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        version: number;
                        key: string[];
                        rows: {
                            key: {
                                [key: string]: string;
                            };
                            values: {
                                [key: string]: string | null;
                            };
                            validFrom: string | null;
                            validTo: string | null;
                        }[];
                        /** @description There are more than 5,000 rows, so none is told */
                        more: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTableRows: {
        parameters: {
            query?: {
                /** @description Default today */
                asOf?: string;
                /** @description Also ended rows, and those that later versions no longer have */
                history?: boolean;
                /** @description Rows of this version whatever their days, ended and coming ones too */
                everyDay?: boolean;
                q?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The row
                             * @example row_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            key: {
                                [key: string]: string;
                            };
                            values: {
                                [key: string]: string | null;
                            };
                            validFrom: string | null;
                            validTo: string | null;
                            /**
                             * Format: date-time
                             * @description When it was written
                             */
                            createdAt: string;
                            createdBy: string;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importTableRows: {
        parameters: {
            query?: {
                /** @description Only tell what would change */
                dryRun?: boolean;
            };
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: number;
                        added: number;
                        ended: number;
                        unchanged: number;
                        problems: {
                            code: string;
                            path?: string;
                            detail: string;
                            remedy?: string;
                            /** @description 1 is the first */
                            line?: number;
                            column?: number;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeTableRows: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    put?: {
                        key: {
                            [key: string]: string;
                        };
                        values: {
                            [key: string]: string | null;
                        };
                        validFrom?: string | null;
                        validTo?: string | null;
                    }[];
                    end?: {
                        key: {
                            [key: string]: string;
                        };
                        /**
                         * Format: date
                         * @description Its last day
                         */
                        validTo: string;
                    }[];
                    /** @description Why */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: number;
                        added: number;
                        ended: number;
                        unchanged: number;
                        /** @description Open exceptions that name this table and these keys */
                        mayClear: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPacks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            name: string;
                            title: string;
                            readme: string;
                            connections: {
                                name: string;
                                connector: string;
                                exists: boolean;
                            }[];
                            flows: string[];
                            mappings: string[];
                            tables: string[];
                            controls: string[];
                            installed: boolean;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    installPack: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Fill new tables with the rows of the pack
                     * @default true
                     */
                    tableRows?: boolean;
                    /** @description Only these flows; default all whose connections exist */
                    flows?: string[];
                    /** @description Only these controls; default all whose connections exist, and none when flows are chosen */
                    controls?: string[];
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mappings: string[];
                        tables: string[];
                        /** @description Live as the pack has them */
                        flows: string[];
                        /** @description Releases that wait as drafts */
                        drafts: {
                            flow: string;
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            releaseId: string;
                            version: number;
                        }[];
                        left: {
                            flow: string;
                            reason: string;
                        }[];
                        controls: string[];
                        controlsLeft: {
                            control: string;
                            reason: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    beginConsent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        address: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finishConsent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As the address names it that the browser came back to */
                    connector: string;
                    /** @description What stands behind the ? of that address */
                    search: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        connection: string;
                        account: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    governFlow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The flow */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    approver: ("finance-approver" | "admin") | null;
                    /** @description Why; stays in the history of the flow */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        flow: string;
                        approver: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReleases: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The flow */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            flow: string;
                            version: number;
                            /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                            state: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                            /** @description Of the flow, its mapping and all else that it depends on */
                            contentHash: string;
                            mapping: {
                                name: string;
                                version: number;
                            };
                            note: string | null;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            createdAt: string;
                            createdBy: string;
                            submittedAt: string | null;
                            submittedBy: string | null;
                            approvedAt: string | null;
                            approvedBy: string | null;
                            underWaySince: string | null;
                            share: {
                                percent: number | null;
                                entities: string[] | null;
                                stop: {
                                    points: number;
                                    minimum: number;
                                };
                            } | null;
                            liveSince: string | null;
                            /** @description Among the newest 10,000 messages of the flow that the caller sees */
                            counted: {
                                /** @description Messages that came in under it */
                                messages: number;
                                /** @description Those that have come to an end, or stopped */
                                ended: number;
                                /** @description Those that stopped as an exception at least once */
                                exceptions: number;
                            };
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReleaseEvents: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The flow */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            releaseId: string;
                            version: number;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            at: string;
                            from: ("draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back") | null;
                            /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                            to: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                            reason: string | null;
                            by: string;
                            details: {
                                [key: string]: unknown;
                            };
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRelease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The release */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The release
                         * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        flow: string;
                        version: number;
                        /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                        state: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                        /** @description Of the flow, its mapping and all else that it depends on */
                        contentHash: string;
                        mapping: {
                            name: string;
                            version: number;
                        };
                        note: string | null;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        createdAt: string;
                        createdBy: string;
                        submittedAt: string | null;
                        submittedBy: string | null;
                        approvedAt: string | null;
                        approvedBy: string | null;
                        underWaySince: string | null;
                        share: {
                            percent: number | null;
                            entities: string[] | null;
                            stop: {
                                points: number;
                                minimum: number;
                            };
                        } | null;
                        liveSince: string | null;
                        /** @description Among the newest 10,000 messages of the flow that the caller sees */
                        counted: {
                            /** @description Messages that came in under it */
                            messages: number;
                            /** @description Those that have come to an end, or stopped */
                            ended: number;
                            /** @description Those that stopped as an exception at least once */
                            exceptions: number;
                        };
                        approver: string | null;
                        approval: {
                            /**
                             * @description The approval
                             * @example apr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            state: string;
                            decidedAt: string | null;
                            decidedBy: string | null;
                            reason: string | null;
                        } | null;
                        /** @description Sums of the comparison that was made when it was submitted; null where there was none */
                        evidence: unknown;
                        content: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            yaml: string;
                            mapping: {
                                name: string;
                                version: number;
                                source: string;
                            };
                        };
                        /** @description What is live, to set beside it */
                        live: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            yaml: string;
                            mapping: {
                                name: string;
                                version: number;
                                source: string;
                            };
                            /** @description Among the newest 10,000 messages of the flow that the caller sees */
                            counted: {
                                /** @description Messages that came in under it */
                                messages: number;
                                /** @description Those that have come to an end, or stopped */
                                ended: number;
                                /** @description Those that stopped as an exception at least once */
                                exceptions: number;
                            };
                        };
                        mayShare: {
                            percent: boolean;
                            entities: boolean;
                            why: string | null;
                        };
                        /** @description What happened to it, oldest first; the newest 100 */
                        history: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            releaseId: string;
                            version: number;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            at: string;
                            from: ("draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back") | null;
                            /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                            to: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                            reason: string | null;
                            by: string;
                            details: {
                                [key: string]: unknown;
                            };
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submitRelease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The release */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    contentHash: string;
                    /** @description Why; stays in the history of the flow */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The release
                         * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        flow: string;
                        version: number;
                        /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                        state: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                        /** @description Of the flow, its mapping and all else that it depends on */
                        contentHash: string;
                        mapping: {
                            name: string;
                            version: number;
                        };
                        note: string | null;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        createdAt: string;
                        createdBy: string;
                        submittedAt: string | null;
                        submittedBy: string | null;
                        approvedAt: string | null;
                        approvedBy: string | null;
                        underWaySince: string | null;
                        share: {
                            percent: number | null;
                            entities: string[] | null;
                            stop: {
                                points: number;
                                minimum: number;
                            };
                        } | null;
                        liveSince: string | null;
                        /** @description Among the newest 10,000 messages of the flow that the caller sees */
                        counted: {
                            /** @description Messages that came in under it */
                            messages: number;
                            /** @description Those that have come to an end, or stopped */
                            ended: number;
                            /** @description Those that stopped as an exception at least once */
                            exceptions: number;
                        };
                        approver: string | null;
                        approval: {
                            /**
                             * @description The approval
                             * @example apr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            state: string;
                            decidedAt: string | null;
                            decidedBy: string | null;
                            reason: string | null;
                        } | null;
                        /** @description Sums of the comparison that was made when it was submitted; null where there was none */
                        evidence: unknown;
                        content: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            yaml: string;
                            mapping: {
                                name: string;
                                version: number;
                                source: string;
                            };
                        };
                        /** @description What is live, to set beside it */
                        live: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            yaml: string;
                            mapping: {
                                name: string;
                                version: number;
                                source: string;
                            };
                            /** @description Among the newest 10,000 messages of the flow that the caller sees */
                            counted: {
                                /** @description Messages that came in under it */
                                messages: number;
                                /** @description Those that have come to an end, or stopped */
                                ended: number;
                                /** @description Those that stopped as an exception at least once */
                                exceptions: number;
                            };
                        };
                        mayShare: {
                            percent: boolean;
                            entities: boolean;
                            why: string | null;
                        };
                        /** @description What happened to it, oldest first; the newest 100 */
                        history: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            releaseId: string;
                            version: number;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            at: string;
                            from: ("draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back") | null;
                            /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                            to: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                            reason: string | null;
                            by: string;
                            details: {
                                [key: string]: unknown;
                            };
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawRelease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The release */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; stays in the history of the flow */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The release
                         * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        flow: string;
                        version: number;
                        /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                        state: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                        /** @description Of the flow, its mapping and all else that it depends on */
                        contentHash: string;
                        mapping: {
                            name: string;
                            version: number;
                        };
                        note: string | null;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        createdAt: string;
                        createdBy: string;
                        submittedAt: string | null;
                        submittedBy: string | null;
                        approvedAt: string | null;
                        approvedBy: string | null;
                        underWaySince: string | null;
                        share: {
                            percent: number | null;
                            entities: string[] | null;
                            stop: {
                                points: number;
                                minimum: number;
                            };
                        } | null;
                        liveSince: string | null;
                        /** @description Among the newest 10,000 messages of the flow that the caller sees */
                        counted: {
                            /** @description Messages that came in under it */
                            messages: number;
                            /** @description Those that have come to an end, or stopped */
                            ended: number;
                            /** @description Those that stopped as an exception at least once */
                            exceptions: number;
                        };
                        approver: string | null;
                        approval: {
                            /**
                             * @description The approval
                             * @example apr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            state: string;
                            decidedAt: string | null;
                            decidedBy: string | null;
                            reason: string | null;
                        } | null;
                        /** @description Sums of the comparison that was made when it was submitted; null where there was none */
                        evidence: unknown;
                        content: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            yaml: string;
                            mapping: {
                                name: string;
                                version: number;
                                source: string;
                            };
                        };
                        /** @description What is live, to set beside it */
                        live: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            yaml: string;
                            mapping: {
                                name: string;
                                version: number;
                                source: string;
                            };
                            /** @description Among the newest 10,000 messages of the flow that the caller sees */
                            counted: {
                                /** @description Messages that came in under it */
                                messages: number;
                                /** @description Those that have come to an end, or stopped */
                                ended: number;
                                /** @description Those that stopped as an exception at least once */
                                exceptions: number;
                            };
                        };
                        mayShare: {
                            percent: boolean;
                            entities: boolean;
                            why: string | null;
                        };
                        /** @description What happened to it, oldest first; the newest 100 */
                        history: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            releaseId: string;
                            version: number;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            at: string;
                            from: ("draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back") | null;
                            /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                            to: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                            reason: string | null;
                            by: string;
                            details: {
                                [key: string]: unknown;
                            };
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shareRelease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The release */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of the ordering keys, by a hash */
                    percent?: number;
                    entities?: string[];
                    /** @description When the share is taken back by itself */
                    stop?: {
                        /**
                         * @description Percentage points more exceptions than the live release
                         * @default 5
                         */
                        points: number;
                        /**
                         * @description Messages before it is judged
                         * @default 20
                         */
                        minimum: number;
                    };
                    /** @description Why; stays in the history of the flow */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The release
                         * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        flow: string;
                        version: number;
                        /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                        state: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                        /** @description Of the flow, its mapping and all else that it depends on */
                        contentHash: string;
                        mapping: {
                            name: string;
                            version: number;
                        };
                        note: string | null;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        createdAt: string;
                        createdBy: string;
                        submittedAt: string | null;
                        submittedBy: string | null;
                        approvedAt: string | null;
                        approvedBy: string | null;
                        underWaySince: string | null;
                        share: {
                            percent: number | null;
                            entities: string[] | null;
                            stop: {
                                points: number;
                                minimum: number;
                            };
                        } | null;
                        liveSince: string | null;
                        /** @description Among the newest 10,000 messages of the flow that the caller sees */
                        counted: {
                            /** @description Messages that came in under it */
                            messages: number;
                            /** @description Those that have come to an end, or stopped */
                            ended: number;
                            /** @description Those that stopped as an exception at least once */
                            exceptions: number;
                        };
                        approver: string | null;
                        approval: {
                            /**
                             * @description The approval
                             * @example apr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            state: string;
                            decidedAt: string | null;
                            decidedBy: string | null;
                            reason: string | null;
                        } | null;
                        /** @description Sums of the comparison that was made when it was submitted; null where there was none */
                        evidence: unknown;
                        content: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            yaml: string;
                            mapping: {
                                name: string;
                                version: number;
                                source: string;
                            };
                        };
                        /** @description What is live, to set beside it */
                        live: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            yaml: string;
                            mapping: {
                                name: string;
                                version: number;
                                source: string;
                            };
                            /** @description Among the newest 10,000 messages of the flow that the caller sees */
                            counted: {
                                /** @description Messages that came in under it */
                                messages: number;
                                /** @description Those that have come to an end, or stopped */
                                ended: number;
                                /** @description Those that stopped as an exception at least once */
                                exceptions: number;
                            };
                        };
                        mayShare: {
                            percent: boolean;
                            entities: boolean;
                            why: string | null;
                        };
                        /** @description What happened to it, oldest first; the newest 100 */
                        history: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            releaseId: string;
                            version: number;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            at: string;
                            from: ("draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back") | null;
                            /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                            to: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                            reason: string | null;
                            by: string;
                            details: {
                                [key: string]: unknown;
                            };
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    makeReleaseLive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The release */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; stays in the history of the flow */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The release
                         * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        flow: string;
                        version: number;
                        /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                        state: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                        /** @description Of the flow, its mapping and all else that it depends on */
                        contentHash: string;
                        mapping: {
                            name: string;
                            version: number;
                        };
                        note: string | null;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        createdAt: string;
                        createdBy: string;
                        submittedAt: string | null;
                        submittedBy: string | null;
                        approvedAt: string | null;
                        approvedBy: string | null;
                        underWaySince: string | null;
                        share: {
                            percent: number | null;
                            entities: string[] | null;
                            stop: {
                                points: number;
                                minimum: number;
                            };
                        } | null;
                        liveSince: string | null;
                        /** @description Among the newest 10,000 messages of the flow that the caller sees */
                        counted: {
                            /** @description Messages that came in under it */
                            messages: number;
                            /** @description Those that have come to an end, or stopped */
                            ended: number;
                            /** @description Those that stopped as an exception at least once */
                            exceptions: number;
                        };
                        approver: string | null;
                        approval: {
                            /**
                             * @description The approval
                             * @example apr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            state: string;
                            decidedAt: string | null;
                            decidedBy: string | null;
                            reason: string | null;
                        } | null;
                        /** @description Sums of the comparison that was made when it was submitted; null where there was none */
                        evidence: unknown;
                        content: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            yaml: string;
                            mapping: {
                                name: string;
                                version: number;
                                source: string;
                            };
                        };
                        /** @description What is live, to set beside it */
                        live: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            yaml: string;
                            mapping: {
                                name: string;
                                version: number;
                                source: string;
                            };
                            /** @description Among the newest 10,000 messages of the flow that the caller sees */
                            counted: {
                                /** @description Messages that came in under it */
                                messages: number;
                                /** @description Those that have come to an end, or stopped */
                                ended: number;
                                /** @description Those that stopped as an exception at least once */
                                exceptions: number;
                            };
                        };
                        mayShare: {
                            percent: boolean;
                            entities: boolean;
                            why: string | null;
                        };
                        /** @description What happened to it, oldest first; the newest 100 */
                        history: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            releaseId: string;
                            version: number;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            at: string;
                            from: ("draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back") | null;
                            /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                            to: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                            reason: string | null;
                            by: string;
                            details: {
                                [key: string]: unknown;
                            };
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stopRelease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The release */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; stays in the history of the flow */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The release
                         * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        flow: string;
                        version: number;
                        /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                        state: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                        /** @description Of the flow, its mapping and all else that it depends on */
                        contentHash: string;
                        mapping: {
                            name: string;
                            version: number;
                        };
                        note: string | null;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        createdAt: string;
                        createdBy: string;
                        submittedAt: string | null;
                        submittedBy: string | null;
                        approvedAt: string | null;
                        approvedBy: string | null;
                        underWaySince: string | null;
                        share: {
                            percent: number | null;
                            entities: string[] | null;
                            stop: {
                                points: number;
                                minimum: number;
                            };
                        } | null;
                        liveSince: string | null;
                        /** @description Among the newest 10,000 messages of the flow that the caller sees */
                        counted: {
                            /** @description Messages that came in under it */
                            messages: number;
                            /** @description Those that have come to an end, or stopped */
                            ended: number;
                            /** @description Those that stopped as an exception at least once */
                            exceptions: number;
                        };
                        approver: string | null;
                        approval: {
                            /**
                             * @description The approval
                             * @example apr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            state: string;
                            decidedAt: string | null;
                            decidedBy: string | null;
                            reason: string | null;
                        } | null;
                        /** @description Sums of the comparison that was made when it was submitted; null where there was none */
                        evidence: unknown;
                        content: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            yaml: string;
                            mapping: {
                                name: string;
                                version: number;
                                source: string;
                            };
                        };
                        /** @description What is live, to set beside it */
                        live: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            yaml: string;
                            mapping: {
                                name: string;
                                version: number;
                                source: string;
                            };
                            /** @description Among the newest 10,000 messages of the flow that the caller sees */
                            counted: {
                                /** @description Messages that came in under it */
                                messages: number;
                                /** @description Those that have come to an end, or stopped */
                                ended: number;
                                /** @description Those that stopped as an exception at least once */
                                exceptions: number;
                            };
                        };
                        mayShare: {
                            percent: boolean;
                            entities: boolean;
                            why: string | null;
                        };
                        /** @description What happened to it, oldest first; the newest 100 */
                        history: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            releaseId: string;
                            version: number;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            at: string;
                            from: ("draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back") | null;
                            /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                            to: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                            reason: string | null;
                            by: string;
                            details: {
                                [key: string]: unknown;
                            };
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollBackFlow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The flow */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                    /** @description Why; stays in the history of the flow */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The release
                         * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        flow: string;
                        version: number;
                        /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                        state: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                        /** @description Of the flow, its mapping and all else that it depends on */
                        contentHash: string;
                        mapping: {
                            name: string;
                            version: number;
                        };
                        note: string | null;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        createdAt: string;
                        createdBy: string;
                        submittedAt: string | null;
                        submittedBy: string | null;
                        approvedAt: string | null;
                        approvedBy: string | null;
                        underWaySince: string | null;
                        share: {
                            percent: number | null;
                            entities: string[] | null;
                            stop: {
                                points: number;
                                minimum: number;
                            };
                        } | null;
                        liveSince: string | null;
                        /** @description Among the newest 10,000 messages of the flow that the caller sees */
                        counted: {
                            /** @description Messages that came in under it */
                            messages: number;
                            /** @description Those that have come to an end, or stopped */
                            ended: number;
                            /** @description Those that stopped as an exception at least once */
                            exceptions: number;
                        };
                        approver: string | null;
                        approval: {
                            /**
                             * @description The approval
                             * @example apr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            state: string;
                            decidedAt: string | null;
                            decidedBy: string | null;
                            reason: string | null;
                        } | null;
                        /** @description Sums of the comparison that was made when it was submitted; null where there was none */
                        evidence: unknown;
                        content: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            yaml: string;
                            mapping: {
                                name: string;
                                version: number;
                                source: string;
                            };
                        };
                        /** @description What is live, to set beside it */
                        live: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            version: number;
                            yaml: string;
                            mapping: {
                                name: string;
                                version: number;
                                source: string;
                            };
                            /** @description Among the newest 10,000 messages of the flow that the caller sees */
                            counted: {
                                /** @description Messages that came in under it */
                                messages: number;
                                /** @description Those that have come to an end, or stopped */
                                ended: number;
                                /** @description Those that stopped as an exception at least once */
                                exceptions: number;
                            };
                        };
                        mayShare: {
                            percent: boolean;
                            entities: boolean;
                            why: string | null;
                        };
                        /** @description What happened to it, oldest first; the newest 100 */
                        history: {
                            /**
                             * @description The release
                             * @example rel_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            releaseId: string;
                            version: number;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            at: string;
                            from: ("draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back") | null;
                            /** @description `shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages */
                            to: "draft" | "submitted" | "approved" | "shadow" | "share" | "stopped" | "live" | "superseded" | "withdrawn" | "rejected" | "rolled-back";
                            reason: string | null;
                            by: string;
                            details: {
                                [key: string]: unknown;
                            };
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCases: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The mapping */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The case
                             * @example gcs_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            name: string;
                            tags: string[];
                            revision: number;
                            origin: "recorded" | "pasted" | "pack";
                            messageId: string | null;
                            pack: string | null;
                            /** @description Any JSON value */
                            input: unknown;
                            /** @description SHA-256 over the input as it is kept */
                            inputHash: string;
                            enriched: unknown | null;
                            flow: unknown | null;
                            delivery: unknown | null;
                            /** @description `$revision` */
                            recordRevision: string;
                            /** @description Day that tables are read on */
                            asOf: string;
                            tables: {
                                name: string;
                                version: number;
                                key: string[];
                                rows: {
                                    key: {
                                        [key: string]: string;
                                    };
                                    values: {
                                        [key: string]: string | null;
                                    };
                                    validFrom: string | null;
                                    validTo: string | null;
                                }[];
                            }[] | null;
                            /** @description The whole output as the mapping makes it, single paths of it, or that the sample is refused */
                            expects: {
                                /** @constant */
                                kind: "whole";
                                /** @description Any JSON value */
                                output: unknown;
                            } | {
                                /** @constant */
                                kind: "paths";
                                /** @description A value that is left out has to be absent */
                                values: {
                                    /** @description JSON pointer in the output */
                                    path: string;
                                    /** @description Any JSON value */
                                    value?: unknown;
                                }[];
                            } | {
                                /** @constant */
                                kind: "failure";
                                category?: "transformation" | "master-data";
                                contains: string;
                            };
                            reason: string | null;
                            /**
                             * Format: date-time
                             * @description When it was made
                             */
                            createdAt: string;
                            createdBy: string;
                            /**
                             * Format: date-time
                             * @description When it was changed last
                             */
                            changedAt: string;
                            changedBy: string;
                            /** @description What it held was erased with its customer; it is not run any more */
                            erased: boolean;
                        }[];
                        /** @description Cases of legal entities that you do not see; they are run when the mapping is saved */
                        hidden: number;
                        /** @description Packs whose cases can be taken over */
                        packs: {
                            pack: string;
                            /** @description Cases that it brings for this mapping */
                            cases: number;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    makeCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The mapping */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What it is a case of; one of its kind in the mapping */
                    name?: string;
                    tags?: string[];
                    /**
                     * @description Copies its record and what was looked up for it; instead of `input`
                     * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                     */
                    messageId?: string;
                    /** @description Any JSON value */
                    input?: unknown;
                    enriched?: {
                        [key: string]: unknown;
                    };
                    /** @description Name that `$flow` says, of a sample of your own */
                    flow?: string;
                    /**
                     * Format: date-time
                     * @description For table look-ups, of a sample of your own; default now
                     */
                    asOf?: string;
                    /** @description Left out: the whole of what the mapping as it is saved makes of the sample now */
                    expects?: {
                        /** @constant */
                        kind: "whole";
                        /** @description Any JSON value */
                        output: unknown;
                    } | {
                        /** @constant */
                        kind: "paths";
                        /** @description A value that is left out has to be absent */
                        values: {
                            /** @description JSON pointer in the output */
                            path: string;
                            /** @description Any JSON value */
                            value?: unknown;
                        }[];
                    } | {
                        /** @constant */
                        kind: "failure";
                        category?: "transformation" | "master-data";
                        contains: string;
                    };
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The case
                         * @example gcs_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        name: string;
                        tags: string[];
                        revision: number;
                        origin: "recorded" | "pasted" | "pack";
                        messageId: string | null;
                        pack: string | null;
                        /** @description Any JSON value */
                        input: unknown;
                        /** @description SHA-256 over the input as it is kept */
                        inputHash: string;
                        enriched: unknown | null;
                        flow: unknown | null;
                        delivery: unknown | null;
                        /** @description `$revision` */
                        recordRevision: string;
                        /** @description Day that tables are read on */
                        asOf: string;
                        tables: {
                            name: string;
                            version: number;
                            key: string[];
                            rows: {
                                key: {
                                    [key: string]: string;
                                };
                                values: {
                                    [key: string]: string | null;
                                };
                                validFrom: string | null;
                                validTo: string | null;
                            }[];
                        }[] | null;
                        /** @description The whole output as the mapping makes it, single paths of it, or that the sample is refused */
                        expects: {
                            /** @constant */
                            kind: "whole";
                            /** @description Any JSON value */
                            output: unknown;
                        } | {
                            /** @constant */
                            kind: "paths";
                            /** @description A value that is left out has to be absent */
                            values: {
                                /** @description JSON pointer in the output */
                                path: string;
                                /** @description Any JSON value */
                                value?: unknown;
                            }[];
                        } | {
                            /** @constant */
                            kind: "failure";
                            category?: "transformation" | "master-data";
                            contains: string;
                        };
                        reason: string | null;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                        createdBy: string;
                        /**
                         * Format: date-time
                         * @description When it was changed last
                         */
                        changedAt: string;
                        changedBy: string;
                        /** @description What it held was erased with its customer; it is not run any more */
                        erased: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The mapping */
                name: string;
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description That you have seen; a newer one is not overwritten */
                    revision: number;
                    /** @description What it is a case of; one of its kind in the mapping */
                    name?: string;
                    tags?: string[];
                    /** @description The whole output as the mapping makes it, single paths of it, or that the sample is refused */
                    expects?: {
                        /** @constant */
                        kind: "whole";
                        /** @description Any JSON value */
                        output: unknown;
                    } | {
                        /** @constant */
                        kind: "paths";
                        /** @description A value that is left out has to be absent */
                        values: {
                            /** @description JSON pointer in the output */
                            path: string;
                            /** @description Any JSON value */
                            value?: unknown;
                        }[];
                    } | {
                        /** @constant */
                        kind: "failure";
                        category?: "transformation" | "master-data";
                        contains: string;
                    };
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The case
                         * @example gcs_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        name: string;
                        tags: string[];
                        revision: number;
                        origin: "recorded" | "pasted" | "pack";
                        messageId: string | null;
                        pack: string | null;
                        /** @description Any JSON value */
                        input: unknown;
                        /** @description SHA-256 over the input as it is kept */
                        inputHash: string;
                        enriched: unknown | null;
                        flow: unknown | null;
                        delivery: unknown | null;
                        /** @description `$revision` */
                        recordRevision: string;
                        /** @description Day that tables are read on */
                        asOf: string;
                        tables: {
                            name: string;
                            version: number;
                            key: string[];
                            rows: {
                                key: {
                                    [key: string]: string;
                                };
                                values: {
                                    [key: string]: string | null;
                                };
                                validFrom: string | null;
                                validTo: string | null;
                            }[];
                        }[] | null;
                        /** @description The whole output as the mapping makes it, single paths of it, or that the sample is refused */
                        expects: {
                            /** @constant */
                            kind: "whole";
                            /** @description Any JSON value */
                            output: unknown;
                        } | {
                            /** @constant */
                            kind: "paths";
                            /** @description A value that is left out has to be absent */
                            values: {
                                /** @description JSON pointer in the output */
                                path: string;
                                /** @description Any JSON value */
                                value?: unknown;
                            }[];
                        } | {
                            /** @constant */
                            kind: "failure";
                            category?: "transformation" | "master-data";
                            contains: string;
                        };
                        reason: string | null;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                        createdBy: string;
                        /**
                         * Format: date-time
                         * @description When it was changed last
                         */
                        changedAt: string;
                        changedBy: string;
                        /** @description What it held was erased with its customer; it is not run any more */
                        erased: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The mapping */
                name: string;
                /** @description The case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        removed: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    runCases: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The mapping */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Instead of what is saved */
                    source?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                        results: {
                            id: string | null;
                            name: string;
                            ok: boolean;
                            /** @description At most 50 */
                            differences: {
                                /** @description JSON pointer; empty for the output as a whole */
                                path: string;
                                /** @description Any JSON value */
                                expected?: unknown;
                                /** @description Any JSON value */
                                got?: unknown;
                                words?: string;
                            }[];
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importCases: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The mapping */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    pack: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        added: string[];
                        left: {
                            name: string;
                            why: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    governTable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The table */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    approver: ("finance-approver" | "admin") | null;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The table
                         * @example stripe-invoices
                         */
                        name: string;
                        title: string;
                        description: string;
                        key: string[];
                        columns: {
                            name: string;
                            type: "text" | "decimal" | "date" | "boolean";
                            required: boolean;
                            description?: string;
                        }[];
                        governed: boolean;
                        approver: string | null;
                        /** @description Drafts that are open or submitted */
                        liveDrafts: number;
                        /** @description Grows with every change of a row */
                        version: number;
                        /** @description Rows valid today */
                        rows: number;
                        /** @description Flows that read it */
                        usedBy: string[];
                        /**
                         * Format: date-time
                         * @description Last change
                         */
                        updatedAt: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportTable: {
        parameters: {
            query?: {
                /** @description Default today */
                asOf?: string;
            };
            header?: never;
            path: {
                /** @description The table */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTableVersions: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The table */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            version: number;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            at: string;
                            /** @description Who wrote the rows; of a draft, who edited it last */
                            by: string;
                            approvedBy: string | null;
                            reason: string | null;
                            draftId: string | null;
                            /** @description Rows that begin with it */
                            begun: number;
                            /** @description Rows that it no longer has */
                            retired: number;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTableVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The table */
                name: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: number;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        at: string;
                        /** @description Who wrote the rows; of a draft, who edited it last */
                        by: string;
                        approvedBy: string | null;
                        reason: string | null;
                        draftId: string | null;
                        /** @description Rows that begin with it */
                        begun: number;
                        /** @description Rows that it no longer has */
                        retired: number;
                        /** @description At most 1,000 */
                        entries: {
                            /** @description Its place among the changes */
                            index: number;
                            /** @description refused: it has a problem, and the draft cannot be submitted with it */
                            kind: "added" | "changed" | "ended" | "removed" | "unchanged" | "refused";
                            key: {
                                [key: string]: string;
                            };
                            validFrom: string | null;
                            validTo: string | null;
                            before: {
                                [key: string]: string | null;
                            } | null;
                            after: {
                                [key: string]: string | null;
                            } | null;
                            /** @description Columns that differ */
                            cells: {
                                column: string;
                                before: string | null;
                                after: string | null;
                            }[];
                            note: string | null;
                        }[];
                        /** @description There are more */
                        more: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTableDrafts: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
                table?: string;
                /** @description `live`, the default: open or submitted */
                state?: "live" | "open" | "submitted" | "published" | "withdrawn" | "all";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The draft
                             * @example drf_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            table: string;
                            state: "open" | "submitted" | "published" | "withdrawn";
                            /** @description Grows with every change of the draft */
                            revision: number;
                            /** @description Version of the table that it was made on */
                            baseVersion: number;
                            /** @description Why */
                            reason: string;
                            origin: "hand" | "csv" | "exception";
                            exceptionId: string | null;
                            /** @description Changes in it */
                            changes: number;
                            /**
                             * Format: date-time
                             * @description When it was made
                             */
                            createdAt: string;
                            createdBy: string;
                            /**
                             * Format: date-time
                             * @description When it was changed last
                             */
                            changedAt: string;
                            changedBy: string;
                            submittedAt: string | null;
                            submittedBy: string | null;
                            endedAt: string | null;
                            endedBy: string | null;
                            publishedVersion: number | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    makeTableDraft: {
        parameters: {
            query?: {
                /** @description Why, of a CSV */
                reason?: string;
            };
            header?: never;
            path: {
                /** @description The table */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Rows to write */
                    put?: {
                        key: {
                            [key: string]: string;
                        };
                        values: {
                            [key: string]: string | null;
                        };
                        validFrom?: string | null;
                        validTo?: string | null;
                    }[];
                    /** @description Rows to end */
                    end?: {
                        key: {
                            [key: string]: string;
                        };
                        /**
                         * Format: date
                         * @description Its last day
                         */
                        validTo: string;
                    }[];
                    /** @description Rows to take out as if they had never been */
                    remove?: {
                        key: {
                            [key: string]: string;
                        };
                        validFrom?: string | null;
                    }[];
                    /** @description Why; stays with the version */
                    reason?: string;
                };
                "text/csv": string;
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The draft
                         * @example drf_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        table: string;
                        state: "open" | "submitted" | "published" | "withdrawn";
                        /** @description Grows with every change of the draft */
                        revision: number;
                        /** @description Version of the table that it was made on */
                        baseVersion: number;
                        /** @description Why */
                        reason: string;
                        origin: "hand" | "csv" | "exception";
                        exceptionId: string | null;
                        /** @description Changes in it */
                        changes: number;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                        createdBy: string;
                        /**
                         * Format: date-time
                         * @description When it was changed last
                         */
                        changedAt: string;
                        changedBy: string;
                        submittedAt: string | null;
                        submittedBy: string | null;
                        endedAt: string | null;
                        endedBy: string | null;
                        publishedVersion: number | null;
                        /** @description Version of the table now */
                        tableVersion: number;
                        /** @description The table has changed since: it is rebased before it is submitted */
                        behind: boolean;
                        approver: string | null;
                        /** @description Of exactly what is shown; it is submitted and approved by this */
                        contentHash: string;
                        counts: {
                            added: number;
                            changed: number;
                            ended: number;
                            removed: number;
                            unchanged: number;
                            refused: number;
                        };
                        /** @description Keys whose rows somebody else changed since */
                        conflicts: {
                            [key: string]: string;
                        }[];
                        /** @description None of them approves it */
                        makers: {
                            name: string;
                            did: string;
                        }[];
                        approval: {
                            /**
                             * @description The approval
                             * @example apr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            state: "open" | "approved" | "rejected" | "void";
                            decidedAt: string | null;
                            decidedBy: string | null;
                            reason: string | null;
                        } | null;
                        /** @description What it would do now, problems first; at most 1,000. None of a draft that has ended */
                        entries: {
                            /** @description Its place among the changes */
                            index: number;
                            /** @description refused: it has a problem, and the draft cannot be submitted with it */
                            kind: "added" | "changed" | "ended" | "removed" | "unchanged" | "refused";
                            key: {
                                [key: string]: string;
                            };
                            validFrom: string | null;
                            validTo: string | null;
                            before: {
                                [key: string]: string | null;
                            } | null;
                            after: {
                                [key: string]: string | null;
                            } | null;
                            /** @description Columns that differ */
                            cells: {
                                column: string;
                                before: string | null;
                                after: string | null;
                            }[];
                            note: string | null;
                            /** @description By cell */
                            problems: {
                                code: string;
                                path?: string;
                                detail: string;
                                remedy?: string;
                                /** @description 1 is the first */
                                line?: number;
                                column?: number;
                            }[];
                        }[];
                        /** @description There are more */
                        more: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTableDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The draft
                         * @example drf_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        table: string;
                        state: "open" | "submitted" | "published" | "withdrawn";
                        /** @description Grows with every change of the draft */
                        revision: number;
                        /** @description Version of the table that it was made on */
                        baseVersion: number;
                        /** @description Why */
                        reason: string;
                        origin: "hand" | "csv" | "exception";
                        exceptionId: string | null;
                        /** @description Changes in it */
                        changes: number;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                        createdBy: string;
                        /**
                         * Format: date-time
                         * @description When it was changed last
                         */
                        changedAt: string;
                        changedBy: string;
                        submittedAt: string | null;
                        submittedBy: string | null;
                        endedAt: string | null;
                        endedBy: string | null;
                        publishedVersion: number | null;
                        /** @description Version of the table now */
                        tableVersion: number;
                        /** @description The table has changed since: it is rebased before it is submitted */
                        behind: boolean;
                        approver: string | null;
                        /** @description Of exactly what is shown; it is submitted and approved by this */
                        contentHash: string;
                        counts: {
                            added: number;
                            changed: number;
                            ended: number;
                            removed: number;
                            unchanged: number;
                            refused: number;
                        };
                        /** @description Keys whose rows somebody else changed since */
                        conflicts: {
                            [key: string]: string;
                        }[];
                        /** @description None of them approves it */
                        makers: {
                            name: string;
                            did: string;
                        }[];
                        approval: {
                            /**
                             * @description The approval
                             * @example apr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            state: "open" | "approved" | "rejected" | "void";
                            decidedAt: string | null;
                            decidedBy: string | null;
                            reason: string | null;
                        } | null;
                        /** @description What it would do now, problems first; at most 1,000. None of a draft that has ended */
                        entries: {
                            /** @description Its place among the changes */
                            index: number;
                            /** @description refused: it has a problem, and the draft cannot be submitted with it */
                            kind: "added" | "changed" | "ended" | "removed" | "unchanged" | "refused";
                            key: {
                                [key: string]: string;
                            };
                            validFrom: string | null;
                            validTo: string | null;
                            before: {
                                [key: string]: string | null;
                            } | null;
                            after: {
                                [key: string]: string | null;
                            } | null;
                            /** @description Columns that differ */
                            cells: {
                                column: string;
                                before: string | null;
                                after: string | null;
                            }[];
                            note: string | null;
                            /** @description By cell */
                            problems: {
                                code: string;
                                path?: string;
                                detail: string;
                                remedy?: string;
                                /** @description 1 is the first */
                                line?: number;
                                column?: number;
                            }[];
                        }[];
                        /** @description There are more */
                        more: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeTableDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description That you have seen; a newer one is not overwritten */
                    revision: number;
                    /** @description Rows to write */
                    put?: {
                        key: {
                            [key: string]: string;
                        };
                        values: {
                            [key: string]: string | null;
                        };
                        validFrom?: string | null;
                        validTo?: string | null;
                    }[];
                    /** @description Rows to end */
                    end?: {
                        key: {
                            [key: string]: string;
                        };
                        /**
                         * Format: date
                         * @description Its last day
                         */
                        validTo: string;
                    }[];
                    /** @description Rows to take out as if they had never been */
                    remove?: {
                        key: {
                            [key: string]: string;
                        };
                        validFrom?: string | null;
                    }[];
                    /** @description Changes that the draft shall not hold any more */
                    drop?: {
                        key: {
                            [key: string]: string;
                        };
                        validFrom?: string | null;
                    }[];
                    /** @description Why; stays with the version */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The draft
                         * @example drf_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        table: string;
                        state: "open" | "submitted" | "published" | "withdrawn";
                        /** @description Grows with every change of the draft */
                        revision: number;
                        /** @description Version of the table that it was made on */
                        baseVersion: number;
                        /** @description Why */
                        reason: string;
                        origin: "hand" | "csv" | "exception";
                        exceptionId: string | null;
                        /** @description Changes in it */
                        changes: number;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                        createdBy: string;
                        /**
                         * Format: date-time
                         * @description When it was changed last
                         */
                        changedAt: string;
                        changedBy: string;
                        submittedAt: string | null;
                        submittedBy: string | null;
                        endedAt: string | null;
                        endedBy: string | null;
                        publishedVersion: number | null;
                        /** @description Version of the table now */
                        tableVersion: number;
                        /** @description The table has changed since: it is rebased before it is submitted */
                        behind: boolean;
                        approver: string | null;
                        /** @description Of exactly what is shown; it is submitted and approved by this */
                        contentHash: string;
                        counts: {
                            added: number;
                            changed: number;
                            ended: number;
                            removed: number;
                            unchanged: number;
                            refused: number;
                        };
                        /** @description Keys whose rows somebody else changed since */
                        conflicts: {
                            [key: string]: string;
                        }[];
                        /** @description None of them approves it */
                        makers: {
                            name: string;
                            did: string;
                        }[];
                        approval: {
                            /**
                             * @description The approval
                             * @example apr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            state: "open" | "approved" | "rejected" | "void";
                            decidedAt: string | null;
                            decidedBy: string | null;
                            reason: string | null;
                        } | null;
                        /** @description What it would do now, problems first; at most 1,000. None of a draft that has ended */
                        entries: {
                            /** @description Its place among the changes */
                            index: number;
                            /** @description refused: it has a problem, and the draft cannot be submitted with it */
                            kind: "added" | "changed" | "ended" | "removed" | "unchanged" | "refused";
                            key: {
                                [key: string]: string;
                            };
                            validFrom: string | null;
                            validTo: string | null;
                            before: {
                                [key: string]: string | null;
                            } | null;
                            after: {
                                [key: string]: string | null;
                            } | null;
                            /** @description Columns that differ */
                            cells: {
                                column: string;
                                before: string | null;
                                after: string | null;
                            }[];
                            note: string | null;
                            /** @description By cell */
                            problems: {
                                code: string;
                                path?: string;
                                detail: string;
                                remedy?: string;
                                /** @description 1 is the first */
                                line?: number;
                                column?: number;
                            }[];
                        }[];
                        /** @description There are more */
                        more: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importTableDraft: {
        parameters: {
            query?: {
                /** @description That you have seen; needed */
                revision?: number;
            };
            header?: never;
            path: {
                /** @description The draft */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The draft
                         * @example drf_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        table: string;
                        state: "open" | "submitted" | "published" | "withdrawn";
                        /** @description Grows with every change of the draft */
                        revision: number;
                        /** @description Version of the table that it was made on */
                        baseVersion: number;
                        /** @description Why */
                        reason: string;
                        origin: "hand" | "csv" | "exception";
                        exceptionId: string | null;
                        /** @description Changes in it */
                        changes: number;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                        createdBy: string;
                        /**
                         * Format: date-time
                         * @description When it was changed last
                         */
                        changedAt: string;
                        changedBy: string;
                        submittedAt: string | null;
                        submittedBy: string | null;
                        endedAt: string | null;
                        endedBy: string | null;
                        publishedVersion: number | null;
                        /** @description Version of the table now */
                        tableVersion: number;
                        /** @description The table has changed since: it is rebased before it is submitted */
                        behind: boolean;
                        approver: string | null;
                        /** @description Of exactly what is shown; it is submitted and approved by this */
                        contentHash: string;
                        counts: {
                            added: number;
                            changed: number;
                            ended: number;
                            removed: number;
                            unchanged: number;
                            refused: number;
                        };
                        /** @description Keys whose rows somebody else changed since */
                        conflicts: {
                            [key: string]: string;
                        }[];
                        /** @description None of them approves it */
                        makers: {
                            name: string;
                            did: string;
                        }[];
                        approval: {
                            /**
                             * @description The approval
                             * @example apr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            state: "open" | "approved" | "rejected" | "void";
                            decidedAt: string | null;
                            decidedBy: string | null;
                            reason: string | null;
                        } | null;
                        /** @description What it would do now, problems first; at most 1,000. None of a draft that has ended */
                        entries: {
                            /** @description Its place among the changes */
                            index: number;
                            /** @description refused: it has a problem, and the draft cannot be submitted with it */
                            kind: "added" | "changed" | "ended" | "removed" | "unchanged" | "refused";
                            key: {
                                [key: string]: string;
                            };
                            validFrom: string | null;
                            validTo: string | null;
                            before: {
                                [key: string]: string | null;
                            } | null;
                            after: {
                                [key: string]: string | null;
                            } | null;
                            /** @description Columns that differ */
                            cells: {
                                column: string;
                                before: string | null;
                                after: string | null;
                            }[];
                            note: string | null;
                            /** @description By cell */
                            problems: {
                                code: string;
                                path?: string;
                                detail: string;
                                remedy?: string;
                                /** @description 1 is the first */
                                line?: number;
                                column?: number;
                            }[];
                        }[];
                        /** @description There are more */
                        more: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rebaseTableDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description That you have seen; a newer one is not overwritten */
                    revision: number;
                    version: number;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The draft
                         * @example drf_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        table: string;
                        state: "open" | "submitted" | "published" | "withdrawn";
                        /** @description Grows with every change of the draft */
                        revision: number;
                        /** @description Version of the table that it was made on */
                        baseVersion: number;
                        /** @description Why */
                        reason: string;
                        origin: "hand" | "csv" | "exception";
                        exceptionId: string | null;
                        /** @description Changes in it */
                        changes: number;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                        createdBy: string;
                        /**
                         * Format: date-time
                         * @description When it was changed last
                         */
                        changedAt: string;
                        changedBy: string;
                        submittedAt: string | null;
                        submittedBy: string | null;
                        endedAt: string | null;
                        endedBy: string | null;
                        publishedVersion: number | null;
                        /** @description Version of the table now */
                        tableVersion: number;
                        /** @description The table has changed since: it is rebased before it is submitted */
                        behind: boolean;
                        approver: string | null;
                        /** @description Of exactly what is shown; it is submitted and approved by this */
                        contentHash: string;
                        counts: {
                            added: number;
                            changed: number;
                            ended: number;
                            removed: number;
                            unchanged: number;
                            refused: number;
                        };
                        /** @description Keys whose rows somebody else changed since */
                        conflicts: {
                            [key: string]: string;
                        }[];
                        /** @description None of them approves it */
                        makers: {
                            name: string;
                            did: string;
                        }[];
                        approval: {
                            /**
                             * @description The approval
                             * @example apr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            state: "open" | "approved" | "rejected" | "void";
                            decidedAt: string | null;
                            decidedBy: string | null;
                            reason: string | null;
                        } | null;
                        /** @description What it would do now, problems first; at most 1,000. None of a draft that has ended */
                        entries: {
                            /** @description Its place among the changes */
                            index: number;
                            /** @description refused: it has a problem, and the draft cannot be submitted with it */
                            kind: "added" | "changed" | "ended" | "removed" | "unchanged" | "refused";
                            key: {
                                [key: string]: string;
                            };
                            validFrom: string | null;
                            validTo: string | null;
                            before: {
                                [key: string]: string | null;
                            } | null;
                            after: {
                                [key: string]: string | null;
                            } | null;
                            /** @description Columns that differ */
                            cells: {
                                column: string;
                                before: string | null;
                                after: string | null;
                            }[];
                            note: string | null;
                            /** @description By cell */
                            problems: {
                                code: string;
                                path?: string;
                                detail: string;
                                remedy?: string;
                                /** @description 1 is the first */
                                line?: number;
                                column?: number;
                            }[];
                        }[];
                        /** @description There are more */
                        more: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submitTableDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    contentHash: string;
                    /** @description Why; stays with the version */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The draft
                         * @example drf_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        table: string;
                        state: "open" | "submitted" | "published" | "withdrawn";
                        /** @description Grows with every change of the draft */
                        revision: number;
                        /** @description Version of the table that it was made on */
                        baseVersion: number;
                        /** @description Why */
                        reason: string;
                        origin: "hand" | "csv" | "exception";
                        exceptionId: string | null;
                        /** @description Changes in it */
                        changes: number;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                        createdBy: string;
                        /**
                         * Format: date-time
                         * @description When it was changed last
                         */
                        changedAt: string;
                        changedBy: string;
                        submittedAt: string | null;
                        submittedBy: string | null;
                        endedAt: string | null;
                        endedBy: string | null;
                        publishedVersion: number | null;
                        /** @description Version of the table now */
                        tableVersion: number;
                        /** @description The table has changed since: it is rebased before it is submitted */
                        behind: boolean;
                        approver: string | null;
                        /** @description Of exactly what is shown; it is submitted and approved by this */
                        contentHash: string;
                        counts: {
                            added: number;
                            changed: number;
                            ended: number;
                            removed: number;
                            unchanged: number;
                            refused: number;
                        };
                        /** @description Keys whose rows somebody else changed since */
                        conflicts: {
                            [key: string]: string;
                        }[];
                        /** @description None of them approves it */
                        makers: {
                            name: string;
                            did: string;
                        }[];
                        approval: {
                            /**
                             * @description The approval
                             * @example apr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            state: "open" | "approved" | "rejected" | "void";
                            decidedAt: string | null;
                            decidedBy: string | null;
                            reason: string | null;
                        } | null;
                        /** @description What it would do now, problems first; at most 1,000. None of a draft that has ended */
                        entries: {
                            /** @description Its place among the changes */
                            index: number;
                            /** @description refused: it has a problem, and the draft cannot be submitted with it */
                            kind: "added" | "changed" | "ended" | "removed" | "unchanged" | "refused";
                            key: {
                                [key: string]: string;
                            };
                            validFrom: string | null;
                            validTo: string | null;
                            before: {
                                [key: string]: string | null;
                            } | null;
                            after: {
                                [key: string]: string | null;
                            } | null;
                            /** @description Columns that differ */
                            cells: {
                                column: string;
                                before: string | null;
                                after: string | null;
                            }[];
                            note: string | null;
                            /** @description By cell */
                            problems: {
                                code: string;
                                path?: string;
                                detail: string;
                                remedy?: string;
                                /** @description 1 is the first */
                                line?: number;
                                column?: number;
                            }[];
                        }[];
                        /** @description There are more */
                        more: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reopenTableDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The draft
                         * @example drf_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        table: string;
                        state: "open" | "submitted" | "published" | "withdrawn";
                        /** @description Grows with every change of the draft */
                        revision: number;
                        /** @description Version of the table that it was made on */
                        baseVersion: number;
                        /** @description Why */
                        reason: string;
                        origin: "hand" | "csv" | "exception";
                        exceptionId: string | null;
                        /** @description Changes in it */
                        changes: number;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                        createdBy: string;
                        /**
                         * Format: date-time
                         * @description When it was changed last
                         */
                        changedAt: string;
                        changedBy: string;
                        submittedAt: string | null;
                        submittedBy: string | null;
                        endedAt: string | null;
                        endedBy: string | null;
                        publishedVersion: number | null;
                        /** @description Version of the table now */
                        tableVersion: number;
                        /** @description The table has changed since: it is rebased before it is submitted */
                        behind: boolean;
                        approver: string | null;
                        /** @description Of exactly what is shown; it is submitted and approved by this */
                        contentHash: string;
                        counts: {
                            added: number;
                            changed: number;
                            ended: number;
                            removed: number;
                            unchanged: number;
                            refused: number;
                        };
                        /** @description Keys whose rows somebody else changed since */
                        conflicts: {
                            [key: string]: string;
                        }[];
                        /** @description None of them approves it */
                        makers: {
                            name: string;
                            did: string;
                        }[];
                        approval: {
                            /**
                             * @description The approval
                             * @example apr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            state: "open" | "approved" | "rejected" | "void";
                            decidedAt: string | null;
                            decidedBy: string | null;
                            reason: string | null;
                        } | null;
                        /** @description What it would do now, problems first; at most 1,000. None of a draft that has ended */
                        entries: {
                            /** @description Its place among the changes */
                            index: number;
                            /** @description refused: it has a problem, and the draft cannot be submitted with it */
                            kind: "added" | "changed" | "ended" | "removed" | "unchanged" | "refused";
                            key: {
                                [key: string]: string;
                            };
                            validFrom: string | null;
                            validTo: string | null;
                            before: {
                                [key: string]: string | null;
                            } | null;
                            after: {
                                [key: string]: string | null;
                            } | null;
                            /** @description Columns that differ */
                            cells: {
                                column: string;
                                before: string | null;
                                after: string | null;
                            }[];
                            note: string | null;
                            /** @description By cell */
                            problems: {
                                code: string;
                                path?: string;
                                detail: string;
                                remedy?: string;
                                /** @description 1 is the first */
                                line?: number;
                                column?: number;
                            }[];
                        }[];
                        /** @description There are more */
                        more: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawTableDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; stays with the version */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The draft
                         * @example drf_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        table: string;
                        state: "open" | "submitted" | "published" | "withdrawn";
                        /** @description Grows with every change of the draft */
                        revision: number;
                        /** @description Version of the table that it was made on */
                        baseVersion: number;
                        /** @description Why */
                        reason: string;
                        origin: "hand" | "csv" | "exception";
                        exceptionId: string | null;
                        /** @description Changes in it */
                        changes: number;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                        createdBy: string;
                        /**
                         * Format: date-time
                         * @description When it was changed last
                         */
                        changedAt: string;
                        changedBy: string;
                        submittedAt: string | null;
                        submittedBy: string | null;
                        endedAt: string | null;
                        endedBy: string | null;
                        publishedVersion: number | null;
                        /** @description Version of the table now */
                        tableVersion: number;
                        /** @description The table has changed since: it is rebased before it is submitted */
                        behind: boolean;
                        approver: string | null;
                        /** @description Of exactly what is shown; it is submitted and approved by this */
                        contentHash: string;
                        counts: {
                            added: number;
                            changed: number;
                            ended: number;
                            removed: number;
                            unchanged: number;
                            refused: number;
                        };
                        /** @description Keys whose rows somebody else changed since */
                        conflicts: {
                            [key: string]: string;
                        }[];
                        /** @description None of them approves it */
                        makers: {
                            name: string;
                            did: string;
                        }[];
                        approval: {
                            /**
                             * @description The approval
                             * @example apr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            state: "open" | "approved" | "rejected" | "void";
                            decidedAt: string | null;
                            decidedBy: string | null;
                            reason: string | null;
                        } | null;
                        /** @description What it would do now, problems first; at most 1,000. None of a draft that has ended */
                        entries: {
                            /** @description Its place among the changes */
                            index: number;
                            /** @description refused: it has a problem, and the draft cannot be submitted with it */
                            kind: "added" | "changed" | "ended" | "removed" | "unchanged" | "refused";
                            key: {
                                [key: string]: string;
                            };
                            validFrom: string | null;
                            validTo: string | null;
                            before: {
                                [key: string]: string | null;
                            } | null;
                            after: {
                                [key: string]: string | null;
                            } | null;
                            /** @description Columns that differ */
                            cells: {
                                column: string;
                                before: string | null;
                                after: string | null;
                            }[];
                            note: string | null;
                            /** @description By cell */
                            problems: {
                                code: string;
                                path?: string;
                                detail: string;
                                remedy?: string;
                                /** @description 1 is the first */
                                line?: number;
                                column?: number;
                            }[];
                        }[];
                        /** @description There are more */
                        more: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDraftImpact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        draftId: string;
                        /** @description Of the draft that was tried */
                        contentHash: string;
                        tableVersion: number;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        triedAt: string;
                        exceptions: {
                            /** @description Exceptions to do whose flows read the table and that stopped before they were sent */
                            matched: number;
                            /** @description Those that were tried, at most 1,000 */
                            tried: number;
                            /** @description Those that would go on */
                            clears: number;
                            /** @description A sum per currency */
                            money: {
                                /** @description Decimal text */
                                amount: string;
                                /** @description ISO 4217 */
                                currency: string;
                            }[];
                            /** @description Why the others would stop again */
                            outcomes: {
                                sentence: string;
                                count: number;
                            }[];
                            /** @description Causes of those that would go on */
                            causeKeys: string[];
                        };
                        /** @description Flows that read the table */
                        flows: {
                            flow: string;
                            /** @description Newest recorded payloads that were tried, at most 500 */
                            tried: number;
                            /** @description Same output */
                            unchanged: number;
                            /** @description Other output */
                            changed: number;
                            /** @description Stopped with the table as it is, and would go on */
                            worksNow: number;
                            /** @description Goes on with the table as it is, and would stop */
                            failsNow: number;
                            /** @description A sum per currency */
                            before: {
                                /** @description Decimal text */
                                amount: string;
                                /** @description ISO 4217 */
                                currency: string;
                            }[];
                            /** @description A sum per currency */
                            after: {
                                /** @description Decimal text */
                                amount: string;
                                /** @description ISO 4217 */
                                currency: string;
                            }[];
                            /** @description Fields that differ, with an example; at most 20 */
                            fields: {
                                /** @description In the output; * for any line */
                                path: string;
                                /** @description Outputs in which it differs */
                                count: number;
                                /** @description Any JSON value */
                                before: unknown;
                                /** @description Any JSON value */
                                after: unknown;
                            }[];
                            /** @description At most 5 */
                            examples: {
                                /**
                                 * @description The message
                                 * @example msg_01jd8x6m2dfk6t6s9vj0h0qk3w
                                 */
                                messageId: string;
                                title: string | null;
                                what: string;
                            }[];
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSchemas: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            name: string;
                            title: string;
                            kind: "canonical" | "source" | "operation";
                            version: number | null;
                            connector: string | null;
                            /** @description A canonical type, or of a connector that a connection uses */
                            inUse: boolean;
                            /** @description Flows whose records or outputs are checked by it */
                            flows: number;
                            /** @description Mappings of those flows */
                            mappings: number;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSchema: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                /** @description With a dot for the slash: `stripe.invoices` */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSchemaConsumers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                /** @description With a dot for the slash: `stripe.invoices` */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The flow
                             * @example stripe-invoices
                             */
                            flow: string;
                            state: "on" | "paused" | "draining";
                            mapping: string;
                            /** @description `reads`: its records; `writes`: the output of its mapping */
                            side: "reads" | "writes";
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSchemaVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                /** @description With a dot for the slash: `stripe.invoices` */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            name: string;
                            title: string;
                            kind: "canonical" | "source" | "operation";
                            version: number | null;
                            connector: string | null;
                            compatibility: {
                                /** @description `backward`: what fitted before still fits; `forward`: who reads by the version before can still read; `full`: both; `none`: neither */
                                verdict: "full" | "backward" | "forward" | "none";
                                /** @description What breaks first, at most 200; null in `breaks`: harmless */
                                differences: {
                                    /** @description JSON pointer to the field; * for what stands in a list, or under any other name */
                                    path: string;
                                    breaks: ("senders" | "readers" | "both") | null;
                                    /** @description The end of a sentence that begins with the field */
                                    detail: string;
                                }[];
                                /** @description There are more differences */
                                more: boolean;
                            } | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCanonical: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description Also count all rows that match */
                count?: boolean;
                sourceId?: string;
                sourceSystem?: string;
            };
            header?: never;
            path: {
                type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The canonical object
                             * @example can_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            type: string;
                            sourceSystem: string;
                            sourceId: string;
                            version: number;
                            title: string | null;
                            /**
                             * Format: date-time
                             * @description Newest version
                             */
                            updatedAt: string;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCanonical: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                type: string;
                /** @description The object */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The canonical object
                         * @example can_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        type: string;
                        sourceSystem: string;
                        sourceId: string;
                        version: number;
                        title: string | null;
                        /**
                         * Format: date-time
                         * @description Newest version
                         */
                        updatedAt: string;
                        /** @description Any JSON value */
                        content: unknown;
                        versions: {
                            version: number;
                            revision: string;
                            hash: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            createdAt: string;
                            /** @description The message that brought it; of a document that the engine made, its own id there */
                            messageId: string;
                        }[];
                        postings: {
                            ledger: string;
                            effect: string;
                            state: string;
                            documentNumber: string | null;
                            messageId: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kind: "user" | "api-key";
                        id: string;
                        name: string;
                        email: string | null;
                        roles: string[];
                        permissions: string[];
                        legalEntities: string[] | null;
                        /** @description Of this installation: production, staging, demo … */
                        environment: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    password: string;
                    /** @description Of the authenticator app, or a recovery code */
                    code?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kind: "user" | "api-key";
                        id: string;
                        name: string;
                        email: string | null;
                        roles: string[];
                        permissions: string[];
                        legalEntities: string[] | null;
                        /** @description Of this installation: production, staging, demo … */
                        environment: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ended: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current: string;
                    next: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changed: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSignInWays: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        provider: {
                            title: string;
                        } | null;
                        /** @description A forgotten password can be reset by mail */
                        mail: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    beginProviderSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        address: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finishProviderSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What stands behind the ? of the address the browser came back to */
                    search: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kind: "user" | "api-key";
                        id: string;
                        name: string;
                        email: string | null;
                        roles: string[];
                        permissions: string[];
                        legalEntities: string[] | null;
                        /** @description Of this installation: production, staging, demo … */
                        environment: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                };
            };
        };
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        done: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What stands behind the # of the link */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        purpose: string;
                        email: string;
                        name: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    useLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What stands behind the # of the link */
                    token: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        email: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMySessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The session
                             * @example ses_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            userId: string;
                            user: string;
                            email: string;
                            /** @description `password` or `provider` */
                            method: string;
                            address: string | null;
                            device: string | null;
                            /**
                             * Format: date-time
                             * @description Since
                             */
                            startedAt: string;
                            /**
                             * Format: date-time
                             * @description Last request
                             */
                            lastSeenAt: string;
                            /**
                             * Format: date-time
                             * @description Ends then in all cases
                             */
                            expiresAt: string;
                            /** @description The session of this request */
                            current: boolean;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endMyOtherSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ended: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endMySession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        done: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        enrolled: boolean;
                        since: string | null;
                        recoveryCodesLeft: number;
                        /** @description Without one the provider asks for the second factor */
                        hasPassword: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    beginSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        secret: string;
                        /** @description For the QR code */
                        address: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of the authenticator app, or a recovery code */
                    code: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recoveryCodes: string[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    renewRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recoveryCodes: string[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        done: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: {
                /** @description Of this user only */
                user?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The session
                             * @example ses_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            userId: string;
                            user: string;
                            email: string;
                            /** @description `password` or `provider` */
                            method: string;
                            address: string | null;
                            device: string | null;
                            /**
                             * Format: date-time
                             * @description Since
                             */
                            startedAt: string;
                            /**
                             * Format: date-time
                             * @description Last request
                             */
                            lastSeenAt: string;
                            /**
                             * Format: date-time
                             * @description Ends then in all cases
                             */
                            expiresAt: string;
                            /** @description The session of this request */
                            current: boolean;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        done: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The user
                             * @example usr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            email: string;
                            name: string;
                            roles: string[];
                            /** @description Legal entities whose documents they see; empty: all */
                            legalEntities: string[];
                            /** @description Segregation of duties: what their roles should not allow together */
                            conflicts: {
                                roles: string[];
                                permissions: string[];
                                /** @description What these roles allow one person that two should do */
                                sentence: string;
                            }[];
                            disabled: boolean;
                            /** @description False: was invited and has not come yet, or signs in through the provider */
                            hasPassword: boolean;
                            /** @description `waybill`: given here; `provider`: by the groups of the provider */
                            rolesFrom: string;
                            provider: string | null;
                            secondFactor: boolean;
                            /** @description A link to choose a password is out */
                            linkOpen: boolean;
                            /**
                             * Format: date-time
                             * @description Since
                             */
                            createdAt: string;
                            lastSeenAt: string | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                    /** @description Name */
                    name: string;
                    roles: string[];
                    /** @description Legal entities whose documents they see; empty: all */
                    legalEntities?: string[];
                    password: string;
                };
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The user
                         * @example usr_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        email: string;
                        name: string;
                        roles: string[];
                        /** @description Legal entities whose documents they see; empty: all */
                        legalEntities: string[];
                        /** @description Segregation of duties: what their roles should not allow together */
                        conflicts: {
                            roles: string[];
                            permissions: string[];
                            /** @description What these roles allow one person that two should do */
                            sentence: string;
                        }[];
                        disabled: boolean;
                        /** @description False: was invited and has not come yet, or signs in through the provider */
                        hasPassword: boolean;
                        /** @description `waybill`: given here; `provider`: by the groups of the provider */
                        rolesFrom: string;
                        provider: string | null;
                        secondFactor: boolean;
                        /** @description A link to choose a password is out */
                        linkOpen: boolean;
                        /**
                         * Format: date-time
                         * @description Since
                         */
                        createdAt: string;
                        lastSeenAt: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    roles?: string[];
                    disabled?: boolean;
                    /** @description Legal entities whose documents they see; empty: all */
                    legalEntities?: string[];
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The user
                         * @example usr_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        email: string;
                        name: string;
                        roles: string[];
                        /** @description Legal entities whose documents they see; empty: all */
                        legalEntities: string[];
                        /** @description Segregation of duties: what their roles should not allow together */
                        conflicts: {
                            roles: string[];
                            permissions: string[];
                            /** @description What these roles allow one person that two should do */
                            sentence: string;
                        }[];
                        disabled: boolean;
                        /** @description False: was invited and has not come yet, or signs in through the provider */
                        hasPassword: boolean;
                        /** @description `waybill`: given here; `provider`: by the groups of the provider */
                        rolesFrom: string;
                        provider: string | null;
                        secondFactor: boolean;
                        /** @description A link to choose a password is out */
                        linkOpen: boolean;
                        /**
                         * Format: date-time
                         * @description Since
                         */
                        createdAt: string;
                        lastSeenAt: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    inviteUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                    /** @description Name */
                    name: string;
                    roles: string[];
                    /** @description Legal entities whose documents they see; empty: all */
                    legalEntities?: string[];
                };
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: {
                            /**
                             * @description The user
                             * @example usr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            email: string;
                            name: string;
                            roles: string[];
                            /** @description Legal entities whose documents they see; empty: all */
                            legalEntities: string[];
                            /** @description Segregation of duties: what their roles should not allow together */
                            conflicts: {
                                roles: string[];
                                permissions: string[];
                                /** @description What these roles allow one person that two should do */
                                sentence: string;
                            }[];
                            disabled: boolean;
                            /** @description False: was invited and has not come yet, or signs in through the provider */
                            hasPassword: boolean;
                            /** @description `waybill`: given here; `provider`: by the groups of the provider */
                            rolesFrom: string;
                            provider: string | null;
                            secondFactor: boolean;
                            /** @description A link to choose a password is out */
                            linkOpen: boolean;
                            /**
                             * Format: date-time
                             * @description Since
                             */
                            createdAt: string;
                            lastSeenAt: string | null;
                        };
                        mailed: boolean;
                        link: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    renewUserLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mailed: boolean;
                        link: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resetSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        done: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRoles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            name: string;
                            title: string;
                            summary: string;
                            permissions: {
                                name: string;
                                sentence: string;
                            }[];
                            /** @description Roles that one person should not have beside this one, and why; with itself where it holds both by design */
                            conflicts: {
                                with: string;
                                sentences: string[];
                            }[];
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The key
                             * @example key_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            name: string;
                            /** @description First characters, to know it by */
                            prefix: string;
                            roles: string[];
                            /** @description What the key may do */
                            permissions: string[];
                            serviceAccountId: string | null;
                            serviceAccount: string | null;
                            replacedBy: string | null;
                            /** @description Legal entities whose documents they see; empty: all */
                            legalEntities: string[];
                            /** @description Segregation of duties: what their roles should not allow together */
                            conflicts: {
                                roles: string[];
                                permissions: string[];
                                /** @description What these roles allow one person that two should do */
                                sentence: string;
                            }[];
                            /**
                             * Format: date-time
                             * @description Since
                             */
                            createdAt: string;
                            createdBy: string;
                            expiresAt: string | null;
                            lastUsedAt: string | null;
                            revokedAt: string | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    roles?: string[];
                    permissions?: string[];
                    /**
                     * @description The service account that the key belongs to
                     * @example sva_01jd8x6m2dfk6t6s9vj0h0qk3w
                     */
                    serviceAccountId?: string;
                    /** @description Legal entities whose documents they see; empty: all */
                    legalEntities?: string[];
                    expiresAt?: string | null;
                };
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The key
                         * @example key_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        name: string;
                        /** @description First characters, to know it by */
                        prefix: string;
                        roles: string[];
                        /** @description What the key may do */
                        permissions: string[];
                        serviceAccountId: string | null;
                        serviceAccount: string | null;
                        replacedBy: string | null;
                        /** @description Legal entities whose documents they see; empty: all */
                        legalEntities: string[];
                        /** @description Segregation of duties: what their roles should not allow together */
                        conflicts: {
                            roles: string[];
                            permissions: string[];
                            /** @description What these roles allow one person that two should do */
                            sentence: string;
                        }[];
                        /**
                         * Format: date-time
                         * @description Since
                         */
                        createdAt: string;
                        createdBy: string;
                        expiresAt: string | null;
                        lastUsedAt: string | null;
                        revokedAt: string | null;
                        /** @description Shown once */
                        value: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The key */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The key
                         * @example key_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        name: string;
                        /** @description First characters, to know it by */
                        prefix: string;
                        roles: string[];
                        /** @description What the key may do */
                        permissions: string[];
                        serviceAccountId: string | null;
                        serviceAccount: string | null;
                        replacedBy: string | null;
                        /** @description Legal entities whose documents they see; empty: all */
                        legalEntities: string[];
                        /** @description Segregation of duties: what their roles should not allow together */
                        conflicts: {
                            roles: string[];
                            permissions: string[];
                            /** @description What these roles allow one person that two should do */
                            sentence: string;
                        }[];
                        /**
                         * Format: date-time
                         * @description Since
                         */
                        createdAt: string;
                        createdBy: string;
                        expiresAt: string | null;
                        lastUsedAt: string | null;
                        revokedAt: string | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The key */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description The old key ends then
                     */
                    oldUntil: string;
                    expiresAt?: string | null;
                };
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The key
                         * @example key_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        name: string;
                        /** @description First characters, to know it by */
                        prefix: string;
                        roles: string[];
                        /** @description What the key may do */
                        permissions: string[];
                        serviceAccountId: string | null;
                        serviceAccount: string | null;
                        replacedBy: string | null;
                        /** @description Legal entities whose documents they see; empty: all */
                        legalEntities: string[];
                        /** @description Segregation of duties: what their roles should not allow together */
                        conflicts: {
                            roles: string[];
                            permissions: string[];
                            /** @description What these roles allow one person that two should do */
                            sentence: string;
                        }[];
                        /**
                         * Format: date-time
                         * @description Since
                         */
                        createdAt: string;
                        createdBy: string;
                        expiresAt: string | null;
                        lastUsedAt: string | null;
                        revokedAt: string | null;
                        /** @description Shown once */
                        value: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listServiceAccounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The service account
                             * @example sva_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            name: string;
                            purpose: string;
                            permissions: string[];
                            /** @description Keys that work now */
                            keys: number;
                            disabled: boolean;
                            /**
                             * Format: date-time
                             * @description Since
                             */
                            createdAt: string;
                            createdBy: string;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createServiceAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @description What for */
                    purpose?: string;
                    permissions: string[];
                };
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The service account
                         * @example sva_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        name: string;
                        purpose: string;
                        permissions: string[];
                        /** @description Keys that work now */
                        keys: number;
                        disabled: boolean;
                        /**
                         * Format: date-time
                         * @description Since
                         */
                        createdAt: string;
                        createdBy: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeServiceAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The service account */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    permissions?: string[];
                    disabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The service account
                         * @example sva_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        name: string;
                        purpose: string;
                        permissions: string[];
                        /** @description Keys that work now */
                        keys: number;
                        disabled: boolean;
                        /**
                         * Format: date-time
                         * @description Since
                         */
                        createdAt: string;
                        createdBy: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description Also count all rows that match */
                count?: boolean;
                actor?: string;
                action?: string;
                /** @description Kind, or kind/id */
                object?: string;
                /** @description At or after */
                from?: string;
                /** @description Before */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The entry
                             * @example aud_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            at: string;
                            actorKind: string;
                            actor: string;
                            /** @description What was done, such as `flow.saved` */
                            action: string;
                            objectKind: string;
                            objectId: string;
                            /** @description One sentence */
                            summary: string;
                            reason: string | null;
                            before: unknown | null;
                            after: unknown | null;
                            requestId: string | null;
                            /** @description SHA-256 of the entry, in hex */
                            leaf: string;
                            sealSeq: number | null;
                            seal: number | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuditStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lastSeal: {
                            number: number;
                            /** @description Number of the last entry that is sealed: so many are */
                            lastSeq: number;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            sealedAt: string;
                            hash: string;
                            /** @description Of the key that signed it, 64 hexadecimal digits */
                            publicKey: string;
                        } | null;
                        /** @description Entries that no seal covers yet */
                        unsealed: number;
                        /** @description Age of the oldest of them; 0 when there is none */
                        lagSeconds: number;
                        /** @description Places outside the database that keep the seals */
                        copies: {
                            /** @description `file` or `http` */
                            place: string;
                            address: string;
                            /** @description Number of the last seal it has */
                            upTo: number;
                            /** @description Seals that it does not have yet */
                            behind: number;
                            at: string | null;
                            trouble: string | null;
                            troubleSince: string | null;
                        }[];
                        /** @description Of the key of this process: what an auditor pins */
                        publicKey: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportAudit: {
        parameters: {
            query?: {
                format?: "jsonl" | "csv";
                actor?: string;
                action?: string;
                /** @description Kind, or kind/id */
                object?: string;
                /** @description At or after */
                from?: string;
                /** @description Before */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/jsonl": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuditManifest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The export */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Any JSON value */
                        manifest: unknown;
                        signature: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApprovals: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description Also count all rows that match */
                count?: boolean;
                state?: "open" | "approved" | "rejected" | "void" | "all";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The approval
                             * @example apr_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            kind: string;
                            messageId: string | null;
                            /** @description Who may decide */
                            role: string;
                            rule: string;
                            summary: string;
                            state: "open" | "approved" | "rejected" | "void";
                            /** @description Hash of exactly what is approved */
                            contentHash: string;
                            /** @description Any JSON value */
                            content: unknown;
                            document: {
                                title: string | null;
                                customer: string | null;
                                flow: string;
                                legalEntity: string | null;
                                amount: {
                                    /** @description Decimal text */
                                    amount: string;
                                    /** @description ISO 4217 */
                                    currency: string;
                                } | null;
                            } | null;
                            /** @description Who asks: a rule, or the person who sent the document again */
                            requestedBy: string;
                            /** @description Who made it or last edited what it is made of; none of them approves it */
                            makers: {
                                name: string;
                                did: string;
                            }[];
                            ownPart: string | null;
                            /**
                             * Format: date-time
                             * @description When
                             */
                            requestedAt: string;
                            decidedAt: string | null;
                            decidedBy: string | null;
                            usedAt: string | null;
                            reason: string | null;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApproval: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The approval */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The approval
                         * @example apr_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        kind: string;
                        messageId: string | null;
                        /** @description Who may decide */
                        role: string;
                        rule: string;
                        summary: string;
                        state: "open" | "approved" | "rejected" | "void";
                        /** @description Hash of exactly what is approved */
                        contentHash: string;
                        /** @description Any JSON value */
                        content: unknown;
                        document: {
                            title: string | null;
                            customer: string | null;
                            flow: string;
                            legalEntity: string | null;
                            amount: {
                                /** @description Decimal text */
                                amount: string;
                                /** @description ISO 4217 */
                                currency: string;
                            } | null;
                        } | null;
                        /** @description Who asks: a rule, or the person who sent the document again */
                        requestedBy: string;
                        /** @description Who made it or last edited what it is made of; none of them approves it */
                        makers: {
                            name: string;
                            did: string;
                        }[];
                        ownPart: string | null;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        requestedAt: string;
                        decidedAt: string | null;
                        decidedBy: string | null;
                        usedAt: string | null;
                        reason: string | null;
                        /** @description Any JSON value */
                        previous: unknown;
                        versions: {
                            release: number;
                            mapping: string;
                            tables: {
                                name: string;
                                version: number;
                            }[];
                        } | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The approval */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Hash of what was shown; a changed document is refused */
                    contentHash: string;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The approval
                         * @example apr_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        kind: string;
                        messageId: string | null;
                        /** @description Who may decide */
                        role: string;
                        rule: string;
                        summary: string;
                        state: "open" | "approved" | "rejected" | "void";
                        /** @description Hash of exactly what is approved */
                        contentHash: string;
                        /** @description Any JSON value */
                        content: unknown;
                        document: {
                            title: string | null;
                            customer: string | null;
                            flow: string;
                            legalEntity: string | null;
                            amount: {
                                /** @description Decimal text */
                                amount: string;
                                /** @description ISO 4217 */
                                currency: string;
                            } | null;
                        } | null;
                        /** @description Who asks: a rule, or the person who sent the document again */
                        requestedBy: string;
                        /** @description Who made it or last edited what it is made of; none of them approves it */
                        makers: {
                            name: string;
                            did: string;
                        }[];
                        ownPart: string | null;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        requestedAt: string;
                        decidedAt: string | null;
                        decidedBy: string | null;
                        usedAt: string | null;
                        reason: string | null;
                        /** @description Any JSON value */
                        previous: unknown;
                        versions: {
                            release: number;
                            mapping: string;
                            tables: {
                                name: string;
                                version: number;
                            }[];
                        } | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The approval */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Hash of what was shown; a changed document is refused */
                    contentHash: string;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The approval
                         * @example apr_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        kind: string;
                        messageId: string | null;
                        /** @description Who may decide */
                        role: string;
                        rule: string;
                        summary: string;
                        state: "open" | "approved" | "rejected" | "void";
                        /** @description Hash of exactly what is approved */
                        contentHash: string;
                        /** @description Any JSON value */
                        content: unknown;
                        document: {
                            title: string | null;
                            customer: string | null;
                            flow: string;
                            legalEntity: string | null;
                            amount: {
                                /** @description Decimal text */
                                amount: string;
                                /** @description ISO 4217 */
                                currency: string;
                            } | null;
                        } | null;
                        /** @description Who asks: a rule, or the person who sent the document again */
                        requestedBy: string;
                        /** @description Who made it or last edited what it is made of; none of them approves it */
                        makers: {
                            name: string;
                            did: string;
                        }[];
                        ownPart: string | null;
                        /**
                         * Format: date-time
                         * @description When
                         */
                        requestedAt: string;
                        decidedAt: string | null;
                        decidedBy: string | null;
                        usedAt: string | null;
                        reason: string | null;
                        /** @description Any JSON value */
                        previous: unknown;
                        versions: {
                            release: number;
                            mapping: string;
                            tables: {
                                name: string;
                                version: number;
                            }[];
                        } | null;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listViews: {
        parameters: {
            query?: {
                /** @description The list, by the first part of its path in the console */
                page?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description The view
                             * @example viw_01jd8x6m2dfk6t6s9vj0h0qk3w
                             */
                            id: string;
                            /**
                             * @description The list, by the first part of its path in the console
                             * @example messages
                             */
                            page: string;
                            /** @description One name once for a person and a list, whatever its case */
                            name: string;
                            /** @description What stands in the address behind the question mark. A time such as `now-24h` moves with the clock */
                            search: {
                                [key: string]: string;
                            };
                            /** @description Everybody has it */
                            shared: boolean;
                            /** @description Who made it */
                            owner: string;
                            mine: boolean;
                            /**
                             * Format: date-time
                             * @description Last change
                             */
                            updatedAt: string;
                        }[];
                        next: string | null;
                        count?: number;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    makeView: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description The list, by the first part of its path in the console
                     * @example messages
                     */
                    page: string;
                    /** @description One name once for a person and a list, whatever its case */
                    name: string;
                    /** @description What stands in the address behind the question mark. A time such as `now-24h` moves with the clock */
                    search: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The view
                         * @example viw_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The list, by the first part of its path in the console
                         * @example messages
                         */
                        page: string;
                        /** @description One name once for a person and a list, whatever its case */
                        name: string;
                        /** @description What stands in the address behind the question mark. A time such as `now-24h` moves with the clock */
                        search: {
                            [key: string]: string;
                        };
                        /** @description Everybody has it */
                        shared: boolean;
                        /** @description Who made it */
                        owner: string;
                        mine: boolean;
                        /**
                         * Format: date-time
                         * @description Last change
                         */
                        updatedAt: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeView: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The view */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description To change a shared view of somebody else takes the permission */
                    name: string;
                    /** @description What stands in the address behind the question mark. A time such as `now-24h` moves with the clock */
                    search: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The view
                         * @example viw_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The list, by the first part of its path in the console
                         * @example messages
                         */
                        page: string;
                        /** @description One name once for a person and a list, whatever its case */
                        name: string;
                        /** @description What stands in the address behind the question mark. A time such as `now-24h` moves with the clock */
                        search: {
                            [key: string]: string;
                        };
                        /** @description Everybody has it */
                        shared: boolean;
                        /** @description Who made it */
                        owner: string;
                        mine: boolean;
                        /**
                         * Format: date-time
                         * @description Last change
                         */
                        updatedAt: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeView: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The view */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        done: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shareView: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The view */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    shared: boolean;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The view
                         * @example viw_01jd8x6m2dfk6t6s9vj0h0qk3w
                         */
                        id: string;
                        /**
                         * @description The list, by the first part of its path in the console
                         * @example messages
                         */
                        page: string;
                        /** @description One name once for a person and a list, whatever its case */
                        name: string;
                        /** @description What stands in the address behind the question mark. A time such as `now-24h` moves with the clock */
                        search: {
                            [key: string]: string;
                        };
                        /** @description Everybody has it */
                        shared: boolean;
                        /** @description Who made it */
                        owner: string;
                        mine: boolean;
                        /**
                         * Format: date-time
                         * @description Last change
                         */
                        updatedAt: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
