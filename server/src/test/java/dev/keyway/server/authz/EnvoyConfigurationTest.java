package dev.keyway.server.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.access_loggers.stream.v3.StdoutAccessLog;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.type.v3.StatusCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The shipped configuration, read into the messages that Envoy itself reads it into. */
class EnvoyConfigurationTest {
  private static final String FILTER = "envoy.filters.http.ext_authz";

  /** Whatever else the file names as a type is unknown, and fails. */
  private static final TypeRegistry TYPES =
      TypeRegistry.newBuilder()
          .add(HttpConnectionManager.getDescriptor())
          .add(ExtAuthz.getDescriptor())
          .add(ExtAuthzPerRoute.getDescriptor())
          .add(Router.getDescriptor())
          .add(StdoutAccessLog.getDescriptor())
          .add(HttpProtocolOptions.getDescriptor())
          .build();

  private static String shipped() throws IOException {
    return Files.readString(Path.of("../ops/proxies/envoy.yaml"));
  }

  private static Bootstrap read(String yaml) throws IOException {
    JsonNode tree = new YAMLMapper().readTree(yaml);
    var bootstrap = Bootstrap.newBuilder();
    JsonFormat.parser()
        .usingTypeRegistry(TYPES)
        .merge(new ObjectMapper().writeValueAsString(tree), bootstrap);
    return bootstrap.build();
  }

  private static HttpConnectionManager manager() throws IOException {
    Filter filter =
        read(shipped()).getStaticResources().getListeners(0).getFilterChains(0).getFilters(0);
    return filter.getTypedConfig().unpack(HttpConnectionManager.class);
  }

  @Test
  void filter_isClosedOnErrors_andSendsNoBody() throws IOException {
    ExtAuthz filter = manager().getHttpFilters(0).getTypedConfig().unpack(ExtAuthz.class);
    assertThat(filter.getFailureModeAllow()).isFalse();
    assertThat(filter.getStatusOnError().getCode()).isEqualTo(StatusCode.ServiceUnavailable);
    assertThat(filter.getEncodeRawHeaders()).isTrue();
    assertThat(filter.hasWithRequestBody()).isFalse();
    assertThat(filter.hasAllowedHeaders()).isFalse();
    assertThat(manager().getHttpFilters(1).getTypedConfig().is(Router.class)).isTrue();
  }

  @Test
  void hosts_nameTheirProductOrLeaveItToThePath() throws IOException {
    VirtualHost own = manager().getRouteConfig().getVirtualHosts(0);
    ExtAuthzPerRoute settings =
        own.getTypedPerFilterConfigOrThrow(FILTER).unpack(ExtAuthzPerRoute.class);
    assertThat(settings.getCheckSettings().getContextExtensionsMap())
        .containsEntry(ExtAuthzRequest.PRODUCT, "memo");
    VirtualHost shared = manager().getRouteConfig().getVirtualHosts(1);
    assertThat(shared.getTypedPerFilterConfigMap()).isEmpty();
  }

  @Test
  void clusters_areThoseThatRoutesName() throws IOException {
    Set<String> defined = new HashSet<>();
    for (var cluster : read(shipped()).getStaticResources().getClustersList()) {
      defined.add(cluster.getName());
      assertThat(cluster.getLoadAssignment().getClusterName()).isEqualTo(cluster.getName());
    }
    Set<String> used = new HashSet<>(List.of("keyway-ext-authz"));
    for (VirtualHost host : manager().getRouteConfig().getVirtualHostsList()) {
      host.getRoutesList().forEach(route -> used.add(route.getRoute().getCluster()));
    }
    assertThat(defined).isEqualTo(used);
    var keyway = read(shipped()).getStaticResources().getClusters(0);
    HttpProtocolOptions options =
        keyway
            .getTypedExtensionProtocolOptionsOrThrow(
                "envoy.extensions.upstreams.http.v3.HttpProtocolOptions")
            .unpack(HttpProtocolOptions.class);
    assertThat(options.getExplicitHttpConfig().hasHttp2ProtocolOptions()).isTrue();
    assertThat(keyway.getHealthChecks(0).hasGrpcHealthCheck()).isTrue();
  }

  @Test
  void unknownField_fails() throws IOException {
    String mistyped = shipped().replace("failure_mode_allow:", "failure_mode_alow:");
    assertThat(mistyped).isNotEqualTo(shipped());
    assertThatExceptionOfType(InvalidProtocolBufferException.class)
        .isThrownBy(() -> read(mistyped))
        .withMessageContaining("failure_mode_alow");
  }
}
