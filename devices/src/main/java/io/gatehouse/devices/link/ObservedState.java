package io.gatehouse.devices.link;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A link's state and who watches it. A change is made under whatever lock its maker holds and told when that is let go, so
 * that an observer may call the link; changes are told one at a time and in their order, whoever made them. Thread-safe.
 */
final class ObservedState {
    private static final Logger LOG = System.getLogger(ObservedState.class.getName());

    private final String url;
    private final List<Observer> observers = new CopyOnWriteArrayList<>();
    private final Deque<LinkChange> untold = new ArrayDeque<>();
    private volatile LinkState state;
    private boolean telling;

    ObservedState(String url, LinkState first) {
        this.url = url;
        this.state = first;
    }

    LinkState get() {
        return state;
    }

    /** Whether it may go there and did; {@link #tell} must follow. */
    synchronized boolean move(LinkState to, String why) {
        if (!state.canBecome(to)) {
            return false;
        }
        untold.add(new LinkChange(url, state, to, why));
        state = to;
        return true;
    }

    /** Tells what was not told yet, unless another thread is at it. */
    void tell() {
        for (LinkChange next = begin(); next != null; next = begin()) {
            for (Observer observer : observers) {
                observer.tell(next);
            }
            end();
        }
    }

    private synchronized @Nullable LinkChange begin() {
        if (telling || untold.isEmpty()) {
            return null;
        }
        telling = true;
        return untold.removeFirst();
    }

    private synchronized void end() {
        telling = false;
    }

    Link.Watch observe(Consumer<? super LinkChange> listener) {
        Observer observer = new Observer(listener);
        observers.add(observer);
        return () -> observers.remove(observer);
    }

    /** Not a record: one listener may watch twice. */
    private static final class Observer {
        private final Consumer<? super LinkChange> listener;

        Observer(Consumer<? super LinkChange> listener) {
            this.listener = listener;
        }

        void tell(LinkChange change) {
            try {
                listener.accept(change);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "an observer of the link " + change.url() + " failed; the link goes on", e);
            }
        }
    }
}
