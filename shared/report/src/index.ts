/** What a run's log and outcomes say, as a report model, a bill of materials and a statement of provenance. */
export {};
