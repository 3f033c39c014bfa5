package dev.troupe.runtime.host;

import dev.troupe.models.store.PullProgress;

/** Is told what has to be done before a team can work. Called on several threads. */
public interface Preparation {
    /** Tells nobody. */
    Preparation NONE = new Preparation() {
        @Override
        public void pulling(PullProgress progress) {}

        @Override
        public void doing(String what) {}
    };

    /** A model is being fetched. */
    void pulling(PullProgress progress);

    /** Something without a figure is being done: {@code installing pandas}. */
    void doing(String what);
}
