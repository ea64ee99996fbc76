package io.gatehouse.core.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The connection as a work sees it: it cannot end the transaction, and it is of no use afterwards. */
final class WorkConnection implements InvocationHandler {
    private static final Set<String> OF_THE_STORE = Set.of("commit", "rollback", "setAutoCommit", "close", "abort");

    private final Connection connection;
    private final Connection view;
    private volatile boolean ended;
    private volatile boolean remains;

    WorkConnection(Connection connection) {
        this.connection = connection;
        this.view = (Connection)
                Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, this);
    }

    Connection view() {
        return view;
    }

    /** Whether the work ran statements that may leave the remains of rows behind. */
    boolean leavesRemains() {
        return remains;
    }

    void end() {
        ended = true;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        String name = method.getName();
        if (name.equals("equals") && arguments != null) {
            return proxy == arguments[0];
        }
        if (ended) {
            throw new IllegalStateException("this connection's work is over: a work must not keep its connection");
        }
        if (OF_THE_STORE.contains(name)) {
            throw new IllegalStateException("a work must not call " + name + ": the store ends the transaction");
        }
        if (name.equals("getAutoCommit")) {
            return false;
        }
        if (name.equals("createStatement")
                || (arguments != null && arguments[0] instanceof String sql && Dialect.leavesRemains(sql))) {
            remains = true;
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
