package io.gatehouse.policy.approve;

import io.gatehouse.core.reason.Reason;
import java.util.Objects;
import java.util.function.Function;

/** Whether something could be done about a request. Sealed, immutable, thread-safe. */
public sealed interface ApprovalOutcome {

    <T> T fold(Function<? super ApprovalRequest, ? extends T> done, Function<? super Reason, ? extends T> refused);

    /** It was done; this is how the request stands now. */
    record Done(ApprovalRequest request) implements ApprovalOutcome {
        public Done {
            Objects.requireNonNull(request, "request");
        }

        @Override
        public <T> T fold(
                Function<? super ApprovalRequest, ? extends T> done, Function<? super Reason, ? extends T> refused) {
            return done.apply(request);
        }
    }

    /** It was not done, and nothing is changed. */
    record Refused(Reason reason) implements ApprovalOutcome {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super ApprovalRequest, ? extends T> done, Function<? super Reason, ? extends T> refused) {
            return refused.apply(reason);
        }
    }
}
