package io.gatehouse.devices.modbus;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.reason.Reason;
import java.util.Objects;
import java.util.function.Function;

/** How a request ended. Sealed, immutable, thread-safe. */
public sealed interface ModbusAnswer {
    <T> T fold(
            Function<? super Replied, ? extends T> replied,
            Function<? super Refused, ? extends T> refused,
            Function<? super NotSent, ? extends T> notSent,
            Function<? super NoReply, ? extends T> noReply);

    /** The same in the gate's words: what was not sent or was refused has failed, silence is no answer. */
    default Actuation toActuation() {
        return fold(
                replied -> new Actuation.Done(),
                refused -> new Actuation.Failed(refused.reason()),
                notSent -> new Actuation.Failed(notSent.reason()),
                noReply -> new Actuation.NoAnswer(noReply.reason()));
    }

    /** The unit did it. */
    record Replied(ModbusReply reply) implements ModbusAnswer {
        public Replied {
            Objects.requireNonNull(reply, "reply");
        }

        @Override
        public <T> T fold(
                Function<? super Replied, ? extends T> replied,
                Function<? super Refused, ? extends T> refused,
                Function<? super NotSent, ? extends T> notSent,
                Function<? super NoReply, ? extends T> noReply) {
            return replied.apply(this);
        }
    }

    /**
     * The unit answered with an exception: it did not do it.
     *
     * @param code   the exception code, 2 for an unknown address
     * @param reason {@code modbus.exception}
     */
    record Refused(int code, Reason reason) implements ModbusAnswer {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Replied, ? extends T> replied,
                Function<? super Refused, ? extends T> refused,
                Function<? super NotSent, ? extends T> notSent,
                Function<? super NoReply, ? extends T> noReply) {
            return refused.apply(this);
        }
    }

    /**
     * Nothing left this side: the unit cannot have done it.
     *
     * @param reason {@code modbus.link-down} or {@code modbus.bus-busy}
     */
    record NotSent(Reason reason) implements ModbusAnswer {
        public NotSent {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Replied, ? extends T> replied,
                Function<? super Refused, ? extends T> refused,
                Function<? super NotSent, ? extends T> notSent,
                Function<? super NoReply, ? extends T> noReply) {
            return notSent.apply(this);
        }
    }

    /**
     * Nothing that can be trusted came back: the unit may or may not have done it.
     *
     * @param reason {@code modbus.timeout}, {@code modbus.link-lost}, {@code modbus.crc}, {@code modbus.length},
     *               {@code modbus.unit}, {@code modbus.function}, {@code modbus.echo} or {@code modbus.collision}
     */
    record NoReply(Reason reason) implements ModbusAnswer {
        public NoReply {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Replied, ? extends T> replied,
                Function<? super Refused, ? extends T> refused,
                Function<? super NotSent, ? extends T> notSent,
                Function<? super NoReply, ? extends T> noReply) {
            return noReply.apply(this);
        }
    }
}
