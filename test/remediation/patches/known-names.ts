/** Written down from the CloudFormation and Terraform (hashicorp/aws) references, apart from the code. */

const targetGroup =
  'HealthCheckEnabled HealthCheckIntervalSeconds HealthCheckPath HealthCheckPort HealthCheckProtocol HealthCheckTimeoutSeconds HealthyThresholdCount IpAddressType Matcher Name Port Protocol ProtocolVersion Tags TargetGroupAttributes Targets TargetType UnhealthyThresholdCount VpcId'

const properties: Readonly<Record<string, string>> = {
  'AWS::EC2::SecurityGroupEgress':
    'CidrIp CidrIpv6 Description DestinationPrefixListId DestinationSecurityGroupId FromPort GroupId IpProtocol ToPort',
  'AWS::EC2::SecurityGroupIngress':
    'CidrIp CidrIpv6 Description FromPort GroupId GroupName IpProtocol SourcePrefixListId SourceSecurityGroupId SourceSecurityGroupName SourceSecurityGroupOwnerId ToPort',
  'AWS::EC2::NetworkAclEntry':
    'CidrBlock Egress Icmp Ipv6CidrBlock NetworkAclId PortRange Protocol RuleAction RuleNumber',
  'AWS::EC2::Route':
    'CarrierGatewayId CoreNetworkArn DestinationCidrBlock DestinationIpv6CidrBlock DestinationPrefixListId EgressOnlyInternetGatewayId GatewayId InstanceId LocalGatewayId NatGatewayId NetworkInterfaceId RouteTableId TransitGatewayId VpcEndpointId VpcPeeringConnectionId',
  'AWS::EC2::VPCEndpoint':
    'DnsOptions IpAddressType PolicyDocument PrivateDnsEnabled RouteTableIds SecurityGroupIds ServiceName ServiceRegion SubnetIds Tags VpcEndpointType VpcId',
  'AWS::OpenSearchServerless::VpcEndpoint': 'Name SecurityGroupIds SubnetIds VpcId',
  'AWS::EC2::VPC': 'CidrBlock EnableDnsHostnames EnableDnsSupport InstanceTenancy Ipv4IpamPoolId Tags',
  'AWS::IAM::RolePolicy': 'PolicyDocument PolicyName RoleName',
  'AWS::Logs::LogGroup':
    'DataProtectionPolicy DeletionProtectionEnabled FieldIndexPolicies KmsKeyId LogGroupClass LogGroupName RetentionInDays Tags',
  'AWS::EC2::VPCBlockPublicAccessExclusion': 'InternetGatewayExclusionMode SubnetId Tags VpcId',
  'AWS::ElasticLoadBalancingV2::TargetGroup': targetGroup,
  'AWS::ElasticLoadBalancingV2::ListenerRule': 'Actions Conditions ListenerArn Priority Tags Transforms',
  'AWS::ElasticLoadBalancingV2::LoadBalancer':
    'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic IpAddressType LoadBalancerAttributes Name Scheme SecurityGroups SubnetMappings Subnets Tags Type',
  'AWS::Route53::RecordSet':
    'AliasTarget CidrRoutingConfig Failover GeoLocation GeoProximityLocation HealthCheckId HostedZoneId HostedZoneName MultiValueAnswer Name Region ResourceRecords SetIdentifier TTL Type Weight',
  'AWS::ApiGateway::Method':
    'ApiKeyRequired AuthorizationScopes AuthorizationType AuthorizerId HttpMethod Integration MethodResponses OperationName RequestModels RequestParameters RequestValidatorId ResourceId RestApiId',
  'AWS::ApiGatewayV2::Integration':
    'ApiId ConnectionId ConnectionType ContentHandlingStrategy CredentialsArn Description IntegrationMethod IntegrationSubtype IntegrationType IntegrationUri PassthroughBehavior PayloadFormatVersion RequestParameters RequestTemplates ResponseParameters TemplateSelectionExpression TimeoutInMillis TlsConfig',
  'AWS::ECS::Service':
    'Cluster DeploymentConfiguration DesiredCount HealthCheckGracePeriodSeconds LaunchType LoadBalancers NetworkConfiguration ServiceName TaskDefinition',
  'AWS::ECS::TaskDefinition':
    'ContainerDefinitions Cpu ExecutionRoleArn Family Memory NetworkMode RequiresCompatibilities RuntimePlatform TaskRoleArn Volumes',
}

const names: Readonly<Record<string, string>> = {
  aws_vpc_security_group_egress_rule:
    'cidr_ipv4 cidr_ipv6 description from_port ip_protocol prefix_list_id referenced_security_group_id security_group_id tags to_port',
  aws_vpc_security_group_ingress_rule:
    'cidr_ipv4 cidr_ipv6 description from_port ip_protocol prefix_list_id referenced_security_group_id security_group_id tags to_port',
  aws_network_acl_rule:
    'network_acl_id rule_number egress protocol rule_action cidr_block ipv6_cidr_block from_port to_port icmp_type icmp_code',
  aws_route:
    'route_table_id destination_cidr_block destination_ipv6_cidr_block destination_prefix_list_id carrier_gateway_id core_network_arn egress_only_gateway_id gateway_id nat_gateway_id local_gateway_id network_interface_id transit_gateway_id vpc_endpoint_id vpc_peering_connection_id',
  aws_lb_target_group:
    'name port protocol vpc_id target_type health_check deregistration_delay connection_termination load_balancing_algorithm_type preserve_client_ip proxy_protocol_v2 slow_start',
  aws_lb_target_group_attachment: 'target_group_arn target_id port availability_zone',
  aws_lb_listener_rule: 'listener_arn priority action condition tags',
  aws_lb:
    'name internal load_balancer_type security_groups subnets subnet_mapping enforce_security_group_inbound_rules_on_private_link_traffic',
  aws_route53_record:
    'alias allow_overwrite failover_routing_policy geolocation_routing_policy health_check_id latency_routing_policy multivalue_answer_routing_policy name records set_identifier ttl type weighted_routing_policy zone_id',
  aws_api_gateway_integration:
    'rest_api_id resource_id http_method integration_http_method type connection_type connection_id uri credentials',
  aws_apigatewayv2_integration:
    'api_id integration_type connection_id connection_type integration_method integration_uri payload_format_version tls_config',
  aws_ecs_service:
    'name cluster task_definition desired_count health_check_grace_period_seconds network_configuration load_balancer',
  aws_ecs_task_definition:
    'family container_definitions cpu memory execution_role_arn task_role_arn network_mode',
  aws_opensearchserverless_vpc_endpoint: 'name security_group_ids subnet_ids timeouts vpc_id',
  aws_vpc_endpoint:
    'auto_accept dns_options ip_address_type policy private_dns_enabled route_table_ids security_group_ids service_name service_region subnet_ids tags vpc_endpoint_type vpc_id',
  aws_vpc: 'cidr_block enable_dns_hostnames enable_dns_support instance_tenancy tags',
  aws_iam_role_policy: 'name name_prefix policy role',
  aws_cloudwatch_log_group: 'name name_prefix kms_key_id log_group_class retention_in_days skip_destroy tags',
  aws_ec2_instance_state: 'instance_id state force',
  aws_vpc_block_public_access_exclusion: 'internet_gateway_exclusion_mode subnet_id vpc_id tags',
}

const lists = (table: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(Object.entries(table).map(([key, text]) => [key, text.split(' ')]))

export const cloudformationProperties = lists(properties)
export const terraformArguments = lists(names)
